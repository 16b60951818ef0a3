/** Whom or what a change is about, in words. */

import type { Doc, OutboxEntry } from "@contract/sync/index.ts";
import { type Kind, KINDS } from "@generated/contract.ts";
import { useTopics } from "../data/live.ts";
import { type Look, namesIn } from "../logic/about.ts";
import { listWords } from "../words/plain.ts";
import { useReach } from "./context.ts";

/** What was changed; op, set : of a change, as a new record may not be on this phone. */
type Changed = Pick<OutboxEntry, "kind" | "id"> & Partial<Pick<OutboxEntry, "op" | "set">>;

const ALL = Object.keys(KINDS) as Kind[];

/** Names what a record is called or whose it is; null where the phone knows neither. */
export function useAbout(): (changed: Changed) => string | null {
  const { live } = useReach().kith;
  useTopics(live, ALL);
  // The server may know kinds that this app does not.
  const look: Look = (kind, id) => (kind in KINDS ? (live.list(kind)?.find((one) => one.id === id)?.doc as Doc | undefined) : undefined);
  return ({ kind, id, op, set }) => {
    const doc = op === "create" ? set : look(kind as Kind, id);
    const names = doc ? namesIn(doc, look) : [];
    return names.length > 0 ? listWords(names) : null;
  };
}
