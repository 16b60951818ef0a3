/** Why something suits the person it was opened for, or which rule keeps it off their shortlist. */

import { useMemo } from "preact/hooks";
import type { Ranked } from "../../data/items.ts";
import { candidatesOf, rankOne } from "../../rank/slate.ts";
import { today, useLoaded } from "../../ui/context.ts";
import { Notice } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { Reasons } from "./reasons.tsx";
import { type Both, useRanker } from "./use-slate.ts";

export function Why({ item, both }: { readonly item: Ranked; readonly both: Both }) {
  const ranker = useRanker();
  const schedules = useLoaded("schedule");
  const counts = useLoaded("place_count");
  const told = useMemo(() => {
    if (!ranker || !schedules || !counts) return null;
    const [candidate] = candidatesOf([item], schedules.filter(({ doc }) => doc.item_id === item.id), counts);
    return candidate ? rankOne(ranker, both.referral, both.person, candidate, today()) : null;
  }, [ranker, schedules, counts, item, both.referral, both.person]);
  const [shown, excluded] = [told?.items[0], told?.excluded[0]];
  if (excluded) return <Notice attention><p>{t("shortlist.why.excluded", { text: [excluded.text, excluded.change].filter(Boolean).join(" ") })}</p></Notice>;
  return shown ? <section class="kith-card"><Reasons level="h2" shown={shown} /></section> : null;
}
