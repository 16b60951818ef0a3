/** What goes with a group or role that moves to another district: its times and courses, which are sent by district, too. */

import type { Reach } from "../ui/context.ts";
import type { Item } from "./live.ts";
import { patch } from "./write.ts";

/** Gives the ids of the changes. */
export async function moved(reach: Reach, { id, doc }: Pick<Item<"asset"> | Item<"opportunity">, "id" | "doc">, district: string): Promise<string[]> {
  if (doc.district === district) return [];
  const { client } = reach.kith;
  const times = (await client.list("schedule")).filter((one) => one.doc.item_id === id);
  const courses = (await client.list("course")).filter((one) => one.doc.asset_id === id);
  const mids = [];
  for (const one of times) mids.push(...(await patch(reach, "schedule", one.id, { district })));
  for (const one of courses) mids.push(...(await patch(reach, "course", one.id, { district })));
  return mids;
}
