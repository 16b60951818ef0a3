/** From the phone's records to a slate: gather the candidates, rank, and keep what was shown. */

import { shortlist, type Candidate, type Shortlist } from "@contract/ranker/index.ts";
import type { Draft as NewDoc, ExposureDoc } from "@generated/contract.ts";
import type { Item } from "../data/live.ts";
import type { Ranked } from "../data/items.ts";
import type { Ranker } from "./pack.ts";
import { instantOf } from "../words/dates.ts";
import { tongue } from "../words/tongue.ts";

type Json = Candidate["doc"];

type Lists = readonly (readonly Ranked[] | undefined)[];
let last: { readonly from: readonly unknown[]; readonly candidates: Candidate[] } | null = null;

/** The candidates of whole lists. While the lists are the same they are the same, so that what was read of them is not read again. */
export function candidatesIn(lists: Lists, schedules: readonly Item<"schedule">[], counts: readonly Item<"place_count">[]): Candidate[] {
  const from = [...lists, schedules, counts];
  if (last === null || last.from.some((list, n) => list !== from[n])) last = { from, candidates: candidatesOf(lists.flatMap((list) => list ?? []), schedules, counts) };
  return last.candidates;
}

/** Everything that may be ranked, with its times and counts beside it. */
export function candidatesOf(
  items: readonly Ranked[],
  schedules: readonly Item<"schedule">[],
  counts: readonly Item<"place_count">[],
): Candidate[] {
  const times = new Map<string, Json[]>();
  for (const { doc } of schedules) {
    const known = times.get(doc.item_id);
    if (known) known.push(doc as unknown as Json);
    else times.set(doc.item_id, [doc as unknown as Json]);
  }
  const count = new Map(counts.map((one) => [one.id, one.doc as unknown as Json]));
  return items.map(({ kind, id, doc }) => ({
    kind, id, doc: doc as unknown as Json, schedules: times.get(id) ?? [], place_count: count.get(id) ?? null,
  }));
}

/** Rank for one referral; the same inputs give the same slate on every phone and on the server. */
export function rank(
  ranker: Ranker,
  referral: Item<"referral">,
  person: Item<"person">,
  candidates: Candidate[],
  today: string,
): Shortlist {
  return shortlist({
    pack: ranker.pack, referral: referral.doc as unknown as Json, person: person.doc as unknown as Json, candidates, today,
    limit: 10, referralId: referral.id, packAgeDays: ranker.ageDays, tongue: tongue(),
  });
}

/** What a shortlist says of one thing alone: its reasons, or the rule that excludes it. Its place on a slate is another matter. */
export function rankOne(ranker: Ranker, referral: Item<"referral">, person: Item<"person">, candidate: Candidate, today: string): Shortlist {
  return rank(ranker, referral, person, [candidate], today);
}

const MOST_EXCLUDED = 2000;

/** The record of a slate as it was shown. */
export function exposureOf(slate: Shortlist, referral: Item<"referral">): NewDoc<"exposure"> {
  return {
    referral_id: referral.id,
    team_id: referral.doc.team_id,
    shown_at: instantOf(new Date()),
    ranked_on: "phone",
    model_version: slate.model_version,
    pack_sha256: slate.pack_sha256,
    policy: slate.policy,
    query: slate.query,
    items: slate.items.map(({ kind, id, position, score, propensity, inputs }) => ({ kind, id, position, score, propensity, inputs })),
    unshown: slate.unshown,
    excluded: slate.excluded.slice(0, MOST_EXCLUDED).map(({ kind, id, rule }) => ({ kind, id, rule })),
  };
}

/** The same slate again, looked at a second time: same day, same ranker, same order. */
export function isSameSlate(slate: Shortlist, shown: ExposureDoc, now: Date): boolean {
  return (
    shown.shown_at.slice(0, 10) === instantOf(now).slice(0, 10) &&
    shown.model_version === slate.model_version &&
    shown.items.length === slate.items.length &&
    shown.items.every((item, n) => item.id === slate.items[n]?.id && item.kind === slate.items[n]?.kind)
  );
}
