/** What a form that changes a record was opened on: what others write there meanwhile must not be written over unseen. */

import { useState } from "preact/hooks";
import type { Kind } from "@generated/contract.ts";
import type { Item } from "../data/live.ts";

/** version : older than the record when words that were typed before come back into the form. */
export interface Opened<D extends object = object> {
  version: number;
  readonly doc: D;
}

/** The record as it is when the form is first drawn; undefined for a new one. */
export function useOpened<K extends Kind>(item: Item<K>): Opened<Item<K>["doc"]>;
export function useOpened<K extends Kind>(item: Item<K> | null | undefined): Opened<Item<K>["doc"]> | undefined;
export function useOpened<K extends Kind>(item: Item<K> | null | undefined): Opened<Item<K>["doc"]> | undefined {
  const [opened] = useState(() => (item ? { version: item.version, doc: item.doc } : undefined));
  return opened;
}
