/** What the filters read, from the records on the phone; worked out once for each thing that is looked at. */

import { nextSessions } from "@contract/ranker/sessions.ts";
import type { Doc } from "@generated/contract.ts";
import { DAYS, type Facets, type Way } from "../logic/filters.ts";
import { clockOf, dayNumber, dayOf, weekdayOf } from "../words/dates.ts";
import { metresBetween } from "../words/distance.ts";
import type { Ranked } from "./items.ts";
import type { Item } from "./live.ts";

interface Point {
  readonly easting?: number | null;
  readonly northing?: number | null;
}

type Schedules = ReadonlyMap<string, readonly Item<"schedule">[]>;

/** Reads facets, each thing once; made anew when the records or the home are others. */
export class FacetReader {
  private readonly read = new Map<string, Facets>();

  constructor(
    private readonly schedules: Schedules,
    private readonly counts: ReadonlyMap<string, Item<"place_count">>,
    private readonly home: Point | null,
    private readonly today: string,
  ) {}

  of(item: Ranked): Facets {
    const key = `${item.kind} ${item.id}`;
    const known = this.read.get(key) ?? this.facets(item);
    this.read.set(key, known);
    return known;
  }

  private facets(item: Ranked): Facets {
    const way = wayOf(item);
    const metres = this.home === null ? null : metresBetween(this.home, item.doc);
    const doc = item.doc as { readonly cost_pence?: number | null; readonly access?: readonly string[]; readonly other_categories?: readonly string[] };
    return {
      kind: item.kind, way,
      km: way === "there" ? (metres === null ? null : metres / 1000) : 0,
      slots: slotsOf(item, this.schedules.get(item.id) ?? [], this.today),
      pence: item.kind === "task" ? 0 : (doc.cost_pence ?? null),
      categories: [item.doc.category, ...(doc.other_categories ?? [])],
      access: doc.access ?? [],
      places: this.counts.get(item.id)?.doc.places_open ?? null,
    };
  }
}

export function bySubject(schedules: readonly Item<"schedule">[]): Schedules {
  const times = new Map<string, Item<"schedule">[]>();
  for (const one of schedules) {
    const known = times.get(one.doc.item_id);
    if (known) known.push(one);
    else times.set(one.doc.item_id, [one]);
  }
  return times;
}

export function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((one) => [one.id, one]));
}

export function wayOf(item: Ranked): Way {
  const doc = item.doc as { readonly online?: boolean; readonly at_home?: boolean };
  return doc.online ? "online" : doc.at_home ? "home" : "there";
}

function slotsOf(item: Ranked, schedules: readonly Item<"schedule">[], today: string): readonly string[] {
  if (item.kind === "offer") return item.doc.availability;
  if (item.kind === "task") return [slotAt(dayOf(new Date(item.doc.window_from_at)), clockOf(new Date(item.doc.window_from_at)))];
  const coming = nextSessions(schedules.map(({ doc }) => doc as unknown as Doc), dayNumber(today));
  return coming.map((session) => slotAt(session.on, session.from_time));
}

function slotAt(day: string, time: string): string {
  const part = time < "12:00" ? "am" : time < "17:00" ? "pm" : "eve";
  return `${DAYS[(weekdayOf(day) + 6) % 7]}_${part}`;
}
