/** Roles that suit a volunteer, ranked on the phone, with those that are kept off and why. */

import type { Doc } from "@generated/contract.ts";
import {
  parted, pastOf, taskInputs, tasksForVolunteer, volunteerInputs, withAll, type Suited, type Unsuited,
} from "@contract/ranker/volunteers/index.ts";
import { tongue } from "../words/tongue.ts";
import type { Item } from "./live.ts";

export interface RoleLine {
  readonly role: Item<"opportunity">;
  readonly suited: Suited;
}

export interface KeptOff {
  readonly role: Item<"opportunity">;
  readonly why: Unsuited;
}

export interface Roles {
  readonly suiting: readonly RoleLine[];
  readonly keptOff: readonly KeptOff[];
  readonly notice: string | null;
}

export interface AboutMe {
  readonly volunteer: Item<"volunteer">;
  readonly claims: readonly Item<"claim">[];
  readonly asks: readonly Item<"ask">[];
  readonly tasks: readonly Item<"task">[];
}

export interface OnOffer {
  readonly roles: readonly Item<"opportunity">[];
  readonly schedules: readonly Item<"schedule">[];
  readonly trainings: readonly Item<"training">[];
}

/** today : ISO date. The same lists give the same order. */
export function rolesFor(me: AboutMe, { roles, schedules, trainings }: OnOffer, today: string, limit = 20): Roles {
  const volunteer = me.volunteer.doc as unknown as Doc;
  const times = timesOf(schedules);
  const candidates = roles.map(({ id, doc }) => {
    const work = doc as unknown as Doc;
    return { offered: { kind: "opportunity" as const, id, inputs: taskInputs("opportunity", work, times.get(id) ?? [], today) }, work, volunteer };
  });
  const names = new Map(trainings.map(({ id, doc }) => [id, doc.name]));
  const { able, keptOff } = parted(candidates, names, today);
  const ranked = withAll(tasksForVolunteer(inputsOf(me, today), able, { pack: null, seed: `${me.volunteer.id} ${today}`, limit, tongue: tongue() }), keptOff);
  const byId = new Map(roles.map((role) => [role.id, role]));
  return {
    suiting: ranked.items.flatMap((suited) => joined(byId, suited.id, (role) => ({ role, suited }))),
    keptOff: ranked.excluded.flatMap((why) => joined(byId, why.id, (role) => ({ role, why }))),
    notice: ranked.notice,
  };
}

function inputsOf({ volunteer, claims, asks, tasks }: AboutMe, today: string) {
  const types = Object.fromEntries(tasks.map(({ id, doc }) => [id, doc.type]));
  const own = <T extends { readonly doc: { readonly volunteer_id: string } }>(items: readonly T[]): Doc[] =>
    items.filter(({ doc }) => doc.volunteer_id === volunteer.id).map(({ doc }) => doc as unknown as Doc);
  return volunteerInputs(volunteer.doc as unknown as Doc, pastOf(own(claims), types, today, own(asks)), today);
}

/** The schedules of each item, by its id. */
function timesOf(schedules: readonly Item<"schedule">[]): Map<string, Doc[]> {
  const times = new Map<string, Doc[]>();
  for (const { doc } of schedules) {
    const known = times.get(doc.item_id);
    if (known) known.push(doc as unknown as Doc);
    else times.set(doc.item_id, [doc as unknown as Doc]);
  }
  return times;
}

function joined<T>(byId: ReadonlyMap<string, Item<"opportunity">>, id: string, make: (role: Item<"opportunity">) => T): T[] {
  const role = byId.get(id);
  return role ? [make(role)] : [];
}

/** An enquiry of the volunteer about a role that is neither over nor withdrawn on this phone. */
export function enquiryAbout(roleId: string, enquiries: readonly Item<"enquiry">[]): Item<"enquiry"> | undefined {
  return enquiries.find(({ doc }) => doc.opportunity_id === roleId && !isOver(doc.status));
}

export function isOver(step: Item<"enquiry">["doc"]["status"]): boolean {
  return step === "withdrawn" || step === "unsuitable" || step === "no_reply";
}
