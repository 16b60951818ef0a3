/** What was ranked, by kind and id: assets, opportunities, tasks and offers under one roof. */

import { useList } from "../ui/context.ts";
import { t } from "../words/t.ts";
import type { Item } from "./live.ts";

export const RANKED_KINDS = ["asset", "opportunity", "task", "offer"] as const;
export type RankedKind = (typeof RANKED_KINDS)[number];
export type Ranked = Item<"asset"> | Item<"opportunity"> | Item<"task"> | Item<"offer">;

/** The name of an item that this phone holds, or words that say it does not. */
export function useItemName(): (kind: string, id: string) => string {
  const items: readonly Ranked[] = [...useList("asset"), ...useList("opportunity"), ...useList("task"), ...useList("offer")];
  const names = new Map(items.map((item) => [`${item.kind} ${item.id}`, item.doc.name]));
  return (kind, id) => names.get(`${kind} ${id}`) ?? t("ui.noLonger");
}
