/** What is known of a query and of a candidate today, as finite numbers; `ml/inputs.py` says the same and says why. */

import { VOCABULARIES, type Doc, type VocabularyName } from "../../generated/contract.ts";
import { AGE_BANDS } from "./rules.ts";
import { dayOf, nextSessions, slotBit } from "./sessions.ts";

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
  const day = dayOf(today) ?? NaN;
  return known({
    kind: KINDS.indexOf(kind),
    ...categories(kind, doc),
    easting: doc.easting,
    northing: doc.northing,
    district: districtOf(doc),
    ...(kind === "task" ? taskTimes(doc, day) : times(schedules, day)),
    ...(kind === "offer" ? { slots_mask: maskOf("slot", doc.availability) || undefined } : {}),
    ...terms(doc),
    active: ["active", "open"].includes(String(doc.status ?? "active")),
    opens_in_days: daysUntil(doc.opens_on, day),
    ...(kind === "task" ? {} : { closes_in_days: daysUntil(doc.closes_on, day) }),
    ...counts(placeCount ?? {}),
  });
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
  return /^[0-9]+$/.test(digits) ? Number(digits) : undefined;
}

export function agesOf(person: Doc, today: string): readonly [number, number] | readonly [] {
  if (typeof person.birth_on === "string" && person.birth_on) {
    const before = today.slice(5) < person.birth_on.slice(5) ? 1 : 0;
    const age = Number(today.slice(0, 4)) - Number(person.birth_on.slice(0, 4)) - before;
    return [age, age];
  }
  return typeof person.age_band === "string" ? (AGE_BANDS[person.age_band] ?? []) : [];
}

function categories(kind: RankedKind, doc: Doc): Inputs {
  const first = placeOf("category", doc.category) ?? OTHER;
  const mask = maskOf("category", doc.other_categories) | (1 << first);
  if (kind === "asset" || kind === "offer") return { category: first, categories_mask: mask };
  return {
    category: (TAKING_PART >>> first) & 1 ? first : GIVING,
    categories_mask: (mask & TAKING_PART) | (1 << GIVING),
  };
}

export function times(schedules: readonly Doc[], today: number): Record<string, unknown> {
  const coming = nextSessions(schedules, today);
  const slots = coming.reduce((mask, session) => mask | slotBit(dayOf(session.on) ?? 0, session.from_time), 0);
  const next = coming[0] && dayOf(coming[0].on);
  return {
    slots_mask: slots || undefined,
    scheduled: schedules.length > 0,
    next_days: next === undefined ? undefined : next - today,
  };
}

function taskTimes(doc: Doc, today: number): Inputs {
  const opens = Date.parse(String(doc.window_from_at)) / HOUR_MS;
  const closes = Date.parse(String(doc.window_until_at)) / HOUR_MS;
  return {
    slots_mask: slotsBetween(opens, Math.min(closes, opens + 7 * 24)),
    scheduled: 1,
    next_days: Math.max(0, Math.floor(opens / 24) - today),
    closes_in_days: Math.floor(closes / 24) - today,
  };
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

function terms(doc: Doc): Record<string, unknown> {
  return {
    access_mask: doc.access === undefined ? undefined : maskOf("access", doc.access), // a task says nothing of it
    languages_mask: maskOf("language", doc.languages) || undefined,
    cost_pence: doc.cost_pence === undefined ? 0 : doc.cost_pence,
    group_size: doc.group_size,
    min_age: doc.min_age,
    max_age: doc.max_age,
    audience: placeOf("audience", doc.audience || "anyone"),
    online: Boolean(doc.online),
    at_home: Boolean(doc.at_home),
    referral_only: Boolean(doc.referral_only),
  };
}

function counts(count: Doc): Record<string, unknown> {
  return {
    places_total: count.places_total,
    places_open: count.places_open,
    wait_days: count.wait_days || 0,
    shown: count.shown || 0,
    chosen: count.chosen || 0,
    started: count.started || 0,
    sustained: count.sustained || 0,
    chosen_90d: count.chosen_90d || 0,
  };
}

export function daysUntil(on: unknown, today: number): number | undefined {
  const day = dayOf(on);
  return day === undefined ? undefined : day - today;
}

