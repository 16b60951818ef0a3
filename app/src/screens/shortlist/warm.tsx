/** Beside a referral: gets its shortlist ready while nobody waits for anything, a few candidates at a time. */

import { useEffect } from "preact/hooks";
import { candidatesIn, rank } from "../../rank/slate.ts";
import { today, useLoaded, useOne } from "../../ui/context.ts";
import { useRanker } from "./use-slate.ts";

/** So few that a tap meanwhile does not wait, also on a slow phone. */
const AT_ONCE = 16;
const PAUSE_MS = 30;

export default function Warm({ id }: { readonly id: string }) {
  const referral = useOne("referral", id);
  const person = useOne("person", referral?.doc.person_id ?? "");
  const ranker = useRanker();
  const lists = [useLoaded("asset"), useLoaded("opportunity"), useLoaded("task"), useLoaded("offer")] as const;
  const [schedules, counts] = [useLoaded("schedule"), useLoaded("place_count")];
  useLoaded("exposure");
  const isReady = referral && person && ranker && schedules && counts && lists.every((list) => list !== undefined);
  useEffect(() => {
    if (!isReady) return;
    const candidates = candidatesIn(lists, schedules, counts);
    let timer: ReturnType<typeof setTimeout>;
    const next = (at: number): void => {
      rank(ranker, referral, person, candidates.slice(at, at + AT_ONCE), today());
      if (at + AT_ONCE < candidates.length) timer = setTimeout(() => next(at + AT_ONCE), PAUSE_MS);
    };
    timer = setTimeout(() => next(0), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [Boolean(isReady), id]);
  return null;
}
