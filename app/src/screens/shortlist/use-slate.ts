/** The slate of a referral as it was ranked, the record that it was shown, and what stands further down. */

import { useEffect, useMemo, useState } from "preact/hooks";
import type { Candidate, Shortlist as Slate } from "@contract/ranker/index.ts";
import type { Kind } from "@generated/contract.ts";
import { type Ranked, RANKED_KINDS } from "../../data/items.ts";
import { type Item, useTopics } from "../../data/live.ts";
import { create } from "../../data/write.ts";
import { readRanker, type Ranker } from "../../rank/pack.ts";
import { candidatesIn, exposureOf, isSameSlate, rank } from "../../rank/slate.ts";
import { today, useLoaded, useReach, useSettled } from "../../ui/context.ts";

export function useRanker(): Ranker | undefined {
  const { kith } = useReach();
  useTopics(kith.live, ["pack"]);
  return kith.live.get("pack", () => readRanker(kith));
}

export interface Both {
  readonly referral: Item<"referral">;
  readonly person: Item<"person">;
}

export interface Ready {
  readonly slate: Slate;
  readonly ranker: Ranker;
  readonly items: ReadonlyMap<string, Ranked>;
  readonly candidates: ReadonlyMap<string, Candidate>;
}

const RANKED_FROM: readonly Kind[] = ["referral", "person", ...RANKED_KINDS, "schedule", "place_count", "exposure"];
const WAIT_FOR_LISTS_MS = 1500;

/**
 * The slate, ranked each time the page opens, from what the phone then holds. While it is open it is ranked again only
 * when a new ranker comes: it does not jump about.
 */
export function useSlate({ referral, person }: Both): Ready | undefined {
  const ranker = useRanker();
  const lists = [useLoaded("asset"), useLoaded("opportunity"), useLoaded("task"), useLoaded("offer")] as const;
  const schedules = useLoaded("schedule");
  const counts = useLoaded("place_count");
  const settled = useSettled(RANKED_FROM, WAIT_FOR_LISTS_MS);
  const ready = settled && ranker && schedules && counts && lists.every((list) => list !== undefined);
  return useMemo(() => {
    if (!ready) return undefined;
    const items: Ranked[] = lists.flatMap((list): readonly Ranked[] => list ?? []);
    const candidates = candidatesIn(lists, schedules, counts);
    performance.mark("rank-start");
    const slate = rank(ranker, referral, person, candidates, today());
    performance.measure("rank", { start: "rank-start", detail: candidates.length });
    return { slate, ranker, items: new Map(items.map((item) => [item.id, item])), candidates: new Map(candidates.map((one) => [one.id, one])) };
  }, [Boolean(ready), ranker?.version, referral.id]);
}

/** Record what was shown, once for each different slate; gives the id of the record. */
export function useExposure(slate: Slate | undefined, referral: Item<"referral">): string | null {
  const reach = useReach();
  const before = useLoaded("exposure");
  const [kept, setKept] = useState<{ readonly slate: Slate; readonly id: string } | null>(null);
  useEffect(() => {
    if (!slate || before === undefined || kept?.slate === slate || slate.items.length === 0) return;
    const keep = (id: string): void => setKept({ slate, id });
    const same = before.find((one) => one.doc.referral_id === referral.id && isSameSlate(slate, one.doc, new Date()));
    if (same) keep(same.id);
    else void create(reach, "exposure", exposureOf(slate, referral)).then(keep);
  }, [slate, before === undefined]);
  return kept !== null && kept.slate === slate ? kept.id : null;
}
