/** What was ranked, by kind and id: assets, opportunities and tasks under one roof. */

import type { AssetDoc, OpportunityDoc, TaskDoc } from "@generated/contract.ts";
import { useList } from "../ui/context.ts";
import type { Item } from "./live.ts";

export type RankedKind = "asset" | "opportunity" | "task";
export type Ranked = Item<"asset"> | Item<"opportunity"> | Item<"task">;
export type RankedDoc = AssetDoc | OpportunityDoc | TaskDoc;

/** The name of an item that this phone holds, or words that say it does not. */
export function useItemName(): (kind: string, id: string) => string {
  const items: readonly Ranked[] = [...useList("asset"), ...useList("opportunity"), ...useList("task")];
  const names = new Map(items.map((item) => [`${item.kind} ${item.id}`, item.doc.name]));
  return (kind, id) => names.get(`${kind} ${id}`) ?? "Something no longer on this phone";
}
