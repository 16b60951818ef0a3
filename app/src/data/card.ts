/** What stands on a card to take along: a few things that suit, each with what, where, when, whom to ask and how far. */

import type { ExposureDoc, PlacementDoc } from "@generated/contract.ts";
import { metresBetween } from "../words/distance.ts";
import type { Item } from "./live.ts";
import type { Ranked } from "./items.ts";

export interface CardItem {
  readonly item: Ranked;
  readonly chosen: boolean;
  /** From their home; null where that is not known, and of what comes to them. */
  readonly metres: number | null;
}

const OVER: readonly PlacementDoc["status"][] = ["declined", "ended"];
/** As many of a shortlist as fit on one side of paper in large letters. */
const MOST_LISTED = 5;

/** What was chosen and stands, then the best of the latest shortlist that is still on this phone. */
export function cardItems(
  items: readonly Ranked[],
  placements: readonly PlacementDoc[],
  exposures: readonly ExposureDoc[],
  home: Item<"person">["doc"] | undefined,
): CardItem[] {
  const latest = exposures.toSorted((a, b) => (a.shown_at < b.shown_at ? 1 : -1))[0];
  const chosen = placements.filter(({ status }) => !OVER.includes(status)).map(({ item_kind, item_id }) => `${item_kind} ${item_id}`);
  const listed = (latest?.items ?? []).toSorted((a, b) => a.position - b.position).map(({ kind, id }) => `${kind} ${id}`);
  const byKey = new Map(items.map((item) => [`${item.kind} ${item.id}`, item]));
  return [...new Set([...chosen, ...listed])].flatMap((key) => {
    const item = byKey.get(key);
    const place = item && "easting" in item.doc && !comesToThem(item.doc) ? item.doc : undefined;
    return item ? [{ item, chosen: chosen.includes(key), metres: home && place ? metresBetween(home, place) : null }] : [];
  }).slice(0, Math.max(MOST_LISTED, chosen.length));
}

/** Nobody goes anywhere for what comes to the home or is online. */
function comesToThem(doc: Ranked["doc"]): boolean {
  return ("at_home" in doc && doc.at_home) || ("online" in doc && doc.online);
}
