/** What a volunteer centre has to look at: groups and services to check again, references to chase, checks that run out. */

import type { AssetDoc, CheckDoc, GuardianConsentDoc, VolunteerDoc } from "@generated/contract.ts";
import { addDays, ageOn } from "../words/dates.ts";

/** late: the day has passed. soon: within the next days. never: nobody has looked yet. */
export type Standing = "late" | "soon" | "never" | "fine";

const SOON_DAYS = 30;
const CHASE_DAYS = 14;
const ADULT = 18;

/** How a day stands that something is good until. */
export function standingOf(until: string | null, today: string, soonDays = SOON_DAYS): Standing {
  if (until === null) return "fine";
  if (until < today) return "late";
  return until <= addDays(today, soonDays) ? "soon" : "fine";
}

/** How a group or service stands with its check; what is closed needs none. */
export function assuranceOf(doc: Pick<AssetDoc, "status" | "assured_on" | "next_check_on">, today: string): Standing {
  if (doc.status === "closed") return "fine";
  if (doc.next_check_on !== null) return standingOf(doc.next_check_on, today);
  return doc.assured_on === null ? "never" : "fine";
}

const ORDER: readonly Standing[] = ["late", "soon", "never", "fine"];

/** In the order in which to look: late first, the longest; what is fine last, by name. */
export function byUrgency(a: { standing: Standing; on: string | null; name: string }, b: { standing: Standing; on: string | null; name: string }): number {
  const apart = ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing);
  if (apart !== 0) return apart;
  if (a.standing !== "fine" && a.on !== b.on) return (a.on ?? "") < (b.on ?? "") ? -1 : 1;
  return a.name.localeCompare(b.name);
}

export interface DueCheck {
  readonly what: "chase" | "check" | "dbs" | "guardian";
  readonly volunteerId: string;
  readonly id: string;
  readonly type: CheckDoc["type"] | null;
  /** The day that it turns on: asked for, or good until. */
  readonly on: string;
}

interface Records {
  readonly volunteers: readonly { readonly id: string; readonly doc: Pick<VolunteerDoc, "dbs_level" | "dbs_until_on" | "status" | "birth_on"> }[];
  readonly checks: readonly { readonly id: string; readonly doc: CheckDoc }[];
  readonly consents: readonly { readonly id: string; readonly doc: Pick<GuardianConsentDoc, "volunteer_id" | "until_on" | "agreed" | "withdrawn_on"> }[];
}

/** References to chase and checks that run out or have, the earliest day first; of volunteers who have not left. */
export function checksDue({ volunteers, checks, consents }: Records, today: string): DueCheck[] {
  const here = new Map(volunteers.filter(({ doc }) => doc.status !== "left").map((one) => [one.id, one.doc]));
  const due: DueCheck[] = [];
  for (const { id, doc } of checks) {
    if (!here.has(doc.volunteer_id)) continue;
    const told = { volunteerId: doc.volunteer_id, id, type: doc.type };
    if (doc.status === "requested" && doc.requested_on <= addDays(today, -CHASE_DAYS)) due.push({ ...told, what: "chase", on: doc.requested_on });
    if (doc.status === "received" && runsOut(doc.until_on, today)) due.push({ ...told, what: "check", on: doc.until_on ?? today });
  }
  for (const [volunteerId, doc] of here) {
    if (doc.dbs_level !== "none" && runsOut(doc.dbs_until_on, today)) due.push({ what: "dbs", volunteerId, id: volunteerId, type: null, on: doc.dbs_until_on ?? today });
  }
  for (const [volunteerId, until] of lastConsents(consents)) {
    const birth = here.get(volunteerId)?.birth_on;
    if (birth && ageOn(birth, today) < ADULT && runsOut(until, today)) due.push({ what: "guardian", volunteerId, id: volunteerId, type: null, on: until });
  }
  return due.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1));
}

function runsOut(until: string | null, today: string): boolean {
  return ["late", "soon"].includes(standingOf(until, today));
}

/** Until when each young volunteer's latest consent holds. */
function lastConsents(consents: Records["consents"]): Map<string, string> {
  const last = new Map<string, string>();
  for (const { doc } of consents) {
    if (!doc.agreed || doc.withdrawn_on !== null) continue;
    if ((last.get(doc.volunteer_id) ?? "") < doc.until_on) last.set(doc.volunteer_id, doc.until_on);
  }
  return last;
}
