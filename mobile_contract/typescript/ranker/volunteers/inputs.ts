/** What is known of a volunteer, and of a task or role; `ml/features/volunteers/inputs.py` says the same and says why. */

import type { Doc } from "../../../generated/contract.ts";
import {
  agesOf, daysUntil, districtOf, known, maskOf, placeOf, slotsBetween, times, type Inputs,
} from "../inputs.ts";
import { dayOf } from "../sessions.ts";

export type OfferedKind = "task" | "opportunity";

/** What a volunteer was asked and did until a day. */
export interface Past {
  asks_30d: number;
  /** Since the last ask; null for never. */
  asked_days_ago: number | null;
  asked: number;
  agreed: number;
  done: number;
  given_back: number;
  holding: number;
  /** Task types that they have done. */
  types: string[];
}

const KINDS: readonly OfferedKind[] = ["task", "opportunity"];
const CHECKS = ["none", "basic", "standard", "enhanced"];
const HOUR_MS = 3_600_000;
/** Days for which an ask counts against being asked again. */
const RECENT_DAYS = 30;

/** What ranking may know of a volunteer on the date `today`. */
export function volunteerInputs(volunteer: Doc, past: Past, today: string): Inputs {
  const ages = agesOf(volunteer, today);
  const { types, ...counts } = past;
  return known({
    skills_mask: maskOf("skill", volunteer.skills),
    spoken_mask: maskOf("language", volunteer.languages) || undefined,
    home_easting: volunteer.easting,
    home_northing: volunteer.northing,
    home_district: districtOf(volunteer),
    max_km: volunteer.max_km,
    travel: placeOf("travel", volunteer.travel),
    availability_mask: maskOf("slot", volunteer.availability) || undefined,
    commitment: placeOf("commitment", volunteer.commitment),
    check: levelOf(volunteer.dbs_level),
    check_days: daysUntil(volunteer.dbs_until_on, dayOf(today) ?? NaN),
    ready: String(volunteer.status ?? "active") === "active",
    paused_days: daysUntil(volunteer.paused_until_on, dayOf(today) ?? NaN),
    age_low: ages[0],
    age_high: ages[1],
    ...counts,
    types_mask: maskOf("task_type", types),
  });
}

/** What ranking may know of a task or an opportunity on the date `today`. */
export function taskInputs(kind: OfferedKind, doc: Doc, schedules: readonly Doc[], today: string): Inputs {
  const day = dayOf(today) ?? NaN;
  return known({
    kind: KINDS.indexOf(kind),
    type: placeOf("task_type", doc.type),
    skills_asked_mask: maskOf("skill", doc.skills),
    languages_mask: maskOf("language", doc.languages) || undefined,
    easting: doc.easting,
    northing: doc.northing,
    district: districtOf(doc),
    online: Boolean(doc.online),
    minutes: doc.minutes,
    wanted_commitment: placeOf("commitment", doc.commitment),
    check_asked: levelOf(doc.dbs_level),
    min_age: doc.min_age,
    max_age: doc.max_age,
    active: ["active", "open", "claimed"].includes(String(doc.status ?? "active")),
    claimed: doc.status === "claimed",
    opens_in_days: daysUntil(doc.opens_on, day),
    ...(kind === "task" ? windowOf(doc, day) : { ...times(schedules, day), closes_in_days: daysUntil(doc.closes_on, day) }),
  });
}

/** Counts a volunteer's asks and claims; a claim of a task that they were not asked about counts as one ask more. `typeOf`: task id → type. */
export function pastOf(claims: readonly Doc[], typeOf: Record<string, string>, today: string, asks: readonly Doc[] = []): Past {
  const now = dayOf(today) ?? NaN;
  const about = new Set(asks.map(({ task_id }) => task_id));
  const unasked = claims.filter(({ task_id }) => !about.has(task_id)).map(({ claimed_at }) => claimed_at);
  const ago = [...unasked, ...asks.map(({ asked_at }) => asked_at)].map((at) => now - (dayOf(at) ?? NaN));
  const done = claims.filter(({ status }) => status === "done").map(({ task_id }) => String(task_id));
  return {
    asks_30d: ago.filter((days) => days < RECENT_DAYS).length,
    asked_days_ago: ago.length ? Math.max(0, Math.min(...ago)) : null,
    asked: asks.filter(({ status }) => status !== "withdrawn").length,
    agreed: asks.filter(({ status }) => status === "claimed").length,
    done: done.length,
    given_back: claims.filter(({ status }) => status === "released" || status === "lapsed").length,
    holding: claims.filter(({ status }) => status === "active" || status === "en_route").length,
    types: [...new Set(done.flatMap((task) => typeOf[task] ?? []))].sort(),
  };
}

function levelOf(code: unknown): number | undefined {
  const level = CHECKS.indexOf(String(code));
  return level < 0 ? undefined : level;
}

function windowOf(doc: Doc, today: number): Inputs {
  const opens = Date.parse(String(doc.window_from_at)) / HOUR_MS;
  const closes = Date.parse(String(doc.window_until_at)) / HOUR_MS;
  return {
    slots_mask: slotsBetween(opens, Math.min(closes, opens + 7 * 24)),
    scheduled: 1,
    next_days: Math.max(0, Math.floor(opens / 24) - today),
    closes_in_days: Math.floor(closes / 24) - today,
  };
}
