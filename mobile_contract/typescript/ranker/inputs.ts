/** What is known of a query and of a candidate today, as finite numbers; `ml/inputs.py` says the same and says why. */

import { VOCABULARIES, type Doc, type VocabularyName } from "../../generated/contract.ts";
import { AGE_BANDS, INPUTS } from "./rules.ts";
import { dayOf, nextDay, slotBit } from "./sessions.ts";

/** What is not known is left out. */
export type Inputs = Record<string, number>;

export type RankedKind = "asset" | "opportunity" | "task" | "offer";

/** The input `kind` is the place here. */
export const KINDS: readonly RankedKind[] = ["asset", "opportunity", "task", "offer"];

const HOUR_MS = 3_600_000;
/** The hours at which morning, afternoon and evening are over. */
const DAYPARTS_END = [12, 17, 24];

/** Each code's place, by vocabulary. */
const PLACES: Record<string, Map<string, number>> = Object.fromEntries(
  Object.entries(VOCABULARIES).map(([name, labels]) => [name, new Map(Object.keys(labels).map((code, i) => [code, i]))]),
);

const TAKING_PART = maskOf("category", [
  "befriending", "social_group", "walking", "exercise", "sport", "arts", "music", "gardening", "cooking", "library",
  "community_venue", "volunteering",
]);
const OTHER = placeOf("category", "other") ?? 0;
const GIVING = placeOf("category", "volunteering") ?? 0;

/** What ranking may know of a referral and its person on the date `today`. */
export function queryInputs(referral: Doc, person: Doc, today: string): Inputs {
  const needs = maskOf("need", referral.needs);
  const ages = agesOf(person, today);
  return known({
    needs_mask: needs,
    main_need_mask: maskOf("need", [referral.main_need]) || needs,
    home_easting: person.easting,
    home_northing: person.northing,
    home_district: districtOf(person),
    max_km: person.max_km,
    travel: placeOf("travel", person.travel),
    availability_mask: maskOf("slot", person.availability) || undefined,
    access_needs_mask: maskOf("access", person.access_needs),
    spoken_mask: maskOf("language", person.languages) || undefined,
    budget_pence: referral.budget_pence,
    wanted_group: placeOf("group_preference", person.group_preference || "any"),
    may_join: placeOf("audience", person.audience || "anyone"),
    online_ok: Boolean(person.online_ok),
    age_low: ages[0],
    age_high: ages[1],
    urgency: placeOf("urgency", referral.urgency || "routine"),
  });
}

/** What ranking may know of an asset, opportunity, task or offer on the date `today`. */
export function candidateInputs(
  kind: RankedKind, doc: Doc, schedules: readonly Doc[], placeCount: Doc | null, today: string,
): Inputs {
  return named(candidateRow(kind, doc, schedules, placeCount, today));
}

/** The same by their places among `INPUTS`, NaN for what is left out: a phone makes hundreds of these for one slate. */
export function candidateRow(
  kind: RankedKind, doc: Doc, schedules: readonly Doc[], placeCount: Doc | null, today: string,
): Float64Array {
  const row = new Float64Array(INPUTS.length).fill(NaN);
  const day = dayOf(today) ?? NaN;
  row[AT.kind] = KINDS.indexOf(kind);
  putCategories(row, kind, doc);
  put(row, AT.easting, doc.easting);
  put(row, AT.northing, doc.northing);
  put(row, AT.district, districtOf(doc));
  if (kind === "task") putTaskTimes(row, doc, day);
  else putTimes(row, schedules, day);
  if (kind === "offer") row[AT.slots_mask] = maskOf("slot", doc.availability) || NaN;
  putTerms(row, doc);
  row[AT.active] = doc.status == null || doc.status === "active" || doc.status === "open" ? 1 : 0;
  put(row, AT.opens_in_days, daysUntil(doc.opens_on, day));
  if (kind !== "task") put(row, AT.closes_in_days, daysUntil(doc.closes_on, day));
  putCounts(row, placeCount ?? NO_COUNTS);
  return row;
}

/** A row as inputs by name. */
export function named(row: Float64Array): Inputs {
  const kept: Inputs = {};
  for (let place = 0; place < row.length; place++) {
    const value = row[place] as number;
    if (!Number.isNaN(value)) kept[INPUTS[place] as string] = value;
  }
  return kept;
}

/** Of a row, what says how much something was asked for lately. */
export function askedFor(row: Float64Array): Inputs {
  const [total, open, chosen] = [row[AT.places_total] as number, row[AT.places_open] as number, row[AT.chosen_90d] as number];
  const isLimited = !Number.isNaN(total) && !Number.isNaN(open);
  return isLimited ? { places_total: total, places_open: open, chosen_90d: chosen } : { chosen_90d: chosen };
}

/** Where each input of a candidate has its place. */
const AT = Object.fromEntries(INPUTS.map((name, place) => [name, place])) as { readonly [name in CandidateInput]: number };
type CandidateInput =
  | "kind" | "category" | "categories_mask" | "easting" | "northing" | "district" | "slots_mask" | "scheduled" | "next_days"
  | "access_mask" | "languages_mask" | "cost_pence" | "group_size" | "min_age" | "max_age" | "audience" | "online" | "at_home"
  | "referral_only" | "active" | "opens_in_days" | "closes_in_days" | "places_total" | "places_open" | "wait_days" | "shown"
  | "chosen" | "started" | "sustained" | "chosen_90d";
const NO_COUNTS: Doc = {};

function put(row: Float64Array, place: number, value: unknown): void {
  if (typeof value === "number") row[place] = value;
}

export function known(values: Record<string, unknown>): Inputs {
  const kept: Inputs = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "number" || typeof value === "boolean") kept[name] = Number(value);
  }
  return kept;
}

/** The mask of the codes that this contract knows. */
export function maskOf(vocabulary: VocabularyName, codes: unknown): number {
  let mask = 0;
  for (const code of Array.isArray(codes) ? codes : []) {
    const place = placeOf(vocabulary, code);
    if (place !== undefined) mask |= 1 << place;
  }
  return mask;
}

export function placeOf(vocabulary: VocabularyName, code: unknown): number | undefined {
  return PLACES[vocabulary]?.get(String(code));
}

/** The digits of a GSS code; undefined for what serves the whole county. */
export function districtOf(doc: Doc): number | undefined {
  const digits = String(doc.district ?? "").slice(1);
  return DIGITS.test(digits) ? Number(digits) : undefined;
}

const DIGITS = /^[0-9]+$/;

export function agesOf(person: Doc, today: string): readonly [number, number] | readonly [] {
  if (typeof person.birth_on === "string" && person.birth_on) {
    const before = today.slice(5) < person.birth_on.slice(5) ? 1 : 0;
    const age = Number(today.slice(0, 4)) - Number(person.birth_on.slice(0, 4)) - before;
    return [age, age];
  }
  return typeof person.age_band === "string" ? (AGE_BANDS[person.age_band] ?? []) : [];
}

function putCategories(row: Float64Array, kind: RankedKind, doc: Doc): void {
  const first = placeOf("category", doc.category) ?? OTHER;
  const mask = maskOf("category", doc.other_categories) | (1 << first);
  const isService = kind === "asset" || kind === "offer";
  row[AT.category] = isService || (TAKING_PART >>> first) & 1 ? first : GIVING;
  row[AT.categories_mask] = isService ? mask : (mask & TAKING_PART) | (1 << GIVING);
}

export function times(schedules: readonly Doc[], today: number): Record<string, unknown> {
  const { slots, next } = coming(schedules, today);
  return {
    slots_mask: slots || undefined,
    scheduled: schedules.length > 0,
    next_days: next === undefined ? undefined : next - today,
  };
}

function putTimes(row: Float64Array, schedules: readonly Doc[], today: number): void {
  const { slots, next } = coming(schedules, today);
  if (slots) row[AT.slots_mask] = slots;
  row[AT.scheduled] = schedules.length > 0 ? 1 : 0;
  if (next !== undefined) row[AT.next_days] = next - today;
}

/** The mask of when the next session of each schedule begins, and the day of the first of them. */
function coming(schedules: readonly Doc[], today: number): { slots: number; next: number | undefined } {
  let slots = 0;
  let next: number | undefined;
  for (const schedule of schedules) {
    const day = nextDay(schedule, today);
    if (day === undefined) continue;
    slots |= slotBit(day, String(schedule.from_time));
    if (next === undefined || day < next) next = day;
  }
  return { slots, next };
}

function putTaskTimes(row: Float64Array, doc: Doc, today: number): void {
  const opens = Date.parse(String(doc.window_from_at)) / HOUR_MS;
  const closes = Date.parse(String(doc.window_until_at)) / HOUR_MS;
  row[AT.slots_mask] = slotsBetween(opens, Math.min(closes, opens + 7 * 24));
  row[AT.scheduled] = 1;
  row[AT.next_days] = Math.max(0, Math.floor(opens / 24) - today);
  row[AT.closes_in_days] = Math.floor(closes / 24) - today;
}

/** The mask of every daypart that the time between two instants, in hours since 1970, touches. */
export function slotsBetween(from: number, until: number): number {
  let slots = 0;
  for (let at = from; at <= until; ) {
    const day = Math.floor(at / 24);
    const hour = Math.floor(at - 24 * day);
    slots |= slotBit(day, `${String(hour).padStart(2, "0")}:00`);
    at = 24 * day + (DAYPARTS_END.find((end) => end > hour) ?? 24);
  }
  return slots;
}

function putTerms(row: Float64Array, doc: Doc): void {
  if (doc.access !== undefined) row[AT.access_mask] = maskOf("access", doc.access); // a task says nothing of it
  row[AT.languages_mask] = maskOf("language", doc.languages) || NaN;
  put(row, AT.cost_pence, doc.cost_pence === undefined ? 0 : doc.cost_pence);
  put(row, AT.group_size, doc.group_size);
  put(row, AT.min_age, doc.min_age);
  put(row, AT.max_age, doc.max_age);
  put(row, AT.audience, placeOf("audience", doc.audience || "anyone"));
  row[AT.online] = doc.online ? 1 : 0;
  row[AT.at_home] = doc.at_home ? 1 : 0;
  row[AT.referral_only] = doc.referral_only ? 1 : 0;
}

function putCounts(row: Float64Array, count: Doc): void {
  put(row, AT.places_total, count.places_total);
  put(row, AT.places_open, count.places_open);
  put(row, AT.wait_days, count.wait_days || 0);
  put(row, AT.shown, count.shown || 0);
  put(row, AT.chosen, count.chosen || 0);
  put(row, AT.started, count.started || 0);
  put(row, AT.sustained, count.sustained || 0);
  put(row, AT.chosen_90d, count.chosen_90d || 0);
}

export function daysUntil(on: unknown, today: number): number | undefined {
  const day = dayOf(on);
  return day === undefined ? undefined : day - today;
}

