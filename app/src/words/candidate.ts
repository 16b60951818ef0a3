/** The facts of a line of a shortlist, as a person says them: where, when, how many places, what it costs. */

import type { ShownItem } from "@contract/ranker/index.ts";
import { label, VOCABULARIES } from "@generated/contract.ts";
import type { Ranked } from "../data/items.ts";
import { isOver, nextSession, type Schedule, sessionWords } from "../logic/session.ts";
import { clockOf, dayOf } from "./dates.ts";
import { awayWords } from "./distance.ts";
import { capital, count, listWords, moneyWords } from "./plain.ts";

export function whereWords(shown: ShownItem, item: Ranked | undefined): string {
  if (item && "online" in item.doc && item.doc.online) return "Online";
  if (item && "at_home" in item.doc && item.doc.at_home) return "Comes to the home";
  return shown.distance_km === null ? "Distance not known" : capital(awayWords(shown.distance_km * 1000));
}

/** Why no distances can be told of a home, and what the link says that puts it right; null where they can. */
export function whereaboutsWords(home: { readonly postcode: string | null; readonly easting: number | null }): { readonly said: string; readonly mend: string } | null {
  if (home.easting != null) return null;
  const follows = "so distances are not known, and visits to homes elsewhere may be among these.";
  if (home.postcode == null) return { said: `No postcode is kept for them, ${follows}`, mend: "Add a postcode" };
  return { said: `This phone does not know where ${home.postcode} is, ${follows}`, mend: "Change the postcode" };
}

/** Where a group meets, as its record says: two of one name are told apart by it. */
export function addressOf(item: Ranked | undefined): string | null {
  return item?.kind === "asset" ? item.doc.address : null;
}

/** When it is next on. The ranker goes by the day, so what was on earlier today gives way to the time after. */
export function whenWords({ next_session }: ShownItem, schedules: readonly Schedule[]): string {
  const now = new Date();
  const today = dayOf(now);
  const isPast = next_session !== null && isOver(next_session, today, clockOf(now));
  const next = isPast ? nextSession(schedules, today, clockOf(now)) : next_session;
  return next ? `Next: ${sessionWords(next, today)}` : "Ask when it is on";
}

/** Times in the order of the week, which is that of the vocabulary: "Tuesday morning and Thursday morning". */
export function slotsWords(slots: readonly string[]): string {
  return listWords(Object.keys(VOCABULARIES.slot).filter((slot) => slots.includes(slot)).map((slot) => label("slot", slot)));
}

/** A time bank's offer has no sessions: its time is agreed. */
export function offeredWords(slots: readonly string[]): string {
  return slots.length > 0 ? `Ask when it suits: ${slotsWords(slots)}` : "Ask when it suits";
}

export function placesWords(open: number | null): string {
  return open === null ? "Places not limited" : open === 0 ? "No places left" : `${count(open, "place")} left`;
}

export function costOf(item: Ranked | undefined): number | null {
  return item && "cost_pence" in item.doc ? item.doc.cost_pence : null;
}

export function costWords(pence: number): string {
  return pence === 0 ? "Free" : `${moneyWords(pence)} a session`;
}
