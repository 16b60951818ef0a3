/** The facts of a line of a shortlist, as a person says them: where, when, how many places, what it costs. */

import type { ShownItem } from "@contract/ranker/index.ts";
import { VOCABULARIES } from "@generated/contract.ts";
import type { Ranked } from "../data/items.ts";
import { isOver, nextSession, type Schedule, sessionWords } from "../logic/session.ts";
import { clockOf, dayOf, spanWords } from "./dates.ts";
import { awayWords } from "./distance.ts";
import { label } from "./labels.ts";
import { capital, listWords, moneyWords, small } from "./plain.ts";
import { language, t } from "./t.ts";

export function whereWords(shown: ShownItem, item: Ranked | undefined): string {
  if (item && "online" in item.doc && item.doc.online) return t("candidate.online");
  if (item && "at_home" in item.doc && item.doc.at_home) return t("candidate.home");
  return shown.distance_km === null ? t("candidate.unknown") : capital(awayWords(shown.distance_km * 1000));
}

/** Why no distances can be told of a home, and what the link says that puts it right; null where they can. */
export function whereaboutsWords(home: { readonly postcode: string | null; readonly easting: number | null }): { readonly said: string; readonly mend: string } | null {
  if (home.easting != null) return null;
  if (home.postcode == null) return { said: t("candidate.noPostcode"), mend: t("candidate.addPostcode") };
  return { said: t("candidate.whereIs", { postcode: home.postcode }), mend: t("candidate.changePostcode") };
}

/** Where a group meets, as its record says: two of one name are told apart by it. */
export function addressOf(item: Ranked | undefined): string | null {
  return item?.kind === "asset" ? item.doc.address : null;
}

/** When it is: an offer's time is agreed, a task has its own, and all else is next on at some session. */
export function whenWords({ next_session }: Pick<ShownItem, "next_session">, item: Ranked | undefined, schedules: readonly Schedule[], now = new Date()): string {
  if (item?.kind === "offer") return offeredWords(item.doc.availability);
  if (item?.kind === "task") return capital(spanWords(item.doc.window_from_at, item.doc.window_until_at, now));
  return nextWords(next_session, schedules, now);
}

/** The ranker goes by the day, so what was on earlier today gives way to the time after. */
function nextWords(next_session: ShownItem["next_session"], schedules: readonly Schedule[], now: Date): string {
  const today = dayOf(now);
  const isPast = next_session !== null && isOver(next_session, today, clockOf(now));
  const next = isPast ? nextSession(schedules, today, clockOf(now)) : next_session;
  return next ? t("candidate.next", { session: sessionWords(next, today) }) : t("candidate.ask");
}

/** Times in the order of the week, which is that of the vocabulary: "Tuesday morning and Thursday morning". */
export function slotsWords(slots: readonly string[]): string {
  return listWords(Object.keys(VOCABULARIES.slot).filter((slot) => slots.includes(slot)).map((slot) => inList(label("slot", slot))));
}

/** The names of days are written small where the language does so. */
function inList(slot: string): string {
  return language() === "en" ? slot : small(slot);
}

/** A time bank's offer has no sessions. */
export function offeredWords(slots: readonly string[]): string {
  return slots.length > 0 ? t("candidate.offered", { slots: slotsWords(slots) }) : t("candidate.offeredAny");
}

export function placesWords(open: number | null): string {
  if (open === null) return t("candidate.unlimited");
  return open === 0 ? t("candidate.full") : t("candidate.places", { count: open });
}

export function costOf(item: Ranked | undefined): number | null {
  return item && "cost_pence" in item.doc ? item.doc.cost_pence : null;
}

export function costWords(pence: number): string {
  return pence === 0 ? moneyWords(0) : t("candidate.cost", { money: moneyWords(pence) });
}
