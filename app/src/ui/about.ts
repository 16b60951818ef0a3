/** Whom or what a change is about, in words. */

import type { Doc, OutboxEntry } from "@contract/sync/index.ts";
import { type Kind, KINDS } from "@generated/contract.ts";
import { useTopics } from "../data/live.ts";
import { type Look, namesFor, namesIn } from "../logic/about.ts";
import { nameOf } from "../logic/timebank.ts";
import { minutesWords } from "../words/minutes.ts";
import { listWords, small } from "../words/plain.ts";
import { t } from "../words/t.ts";
import { useReach } from "./context.ts";

/** What was changed; op, set : of a change, as a new record may not be on this phone. command : what was asked of the server. */
type Changed = Pick<OutboxEntry, "kind" | "id"> & Partial<Pick<OutboxEntry, "op" | "set" | "command">>;

const ALL = Object.keys(KINDS) as Kind[];

/** Names what a record is called or whose it is, and of a command whom it is for and of how much time; null where the phone knows neither. */
export function useAbout(): (changed: Changed) => string | null {
  const { live } = useReach().kith;
  useTopics(live, ALL);
  // The server may know kinds that this app does not.
  const held: Look = (kind, id) => (kind in KINDS ? (live.list(kind)?.find((one) => one.id === id)?.doc as Doc | undefined) : undefined);
  // A member's phone holds no account but their own, and the names of whom they met.
  const look: Look = (kind, id) => (kind === "household" ? doorIn(held, id) : held(kind, id)) ?? (kind === "account" ? met(nameOf(id, live.list("exchange") ?? [])) : undefined);
  return ({ kind, id, op, set, command }) => {
    const args = command?.args ?? {};
    const aims = command?.name === "donate" && !args["to_account_id"] ? [small(t("timebank.give.pot"))] : namesFor(args, look);
    const doc = op === "create" ? set : look(kind as Kind, id);
    const names = aims.length === 0 && doc ? namesIn(doc, look) : aims;
    const time = typeof args["minutes"] === "number" ? [minutesWords(args["minutes"])] : [];
    const parts = [...(names.length > 0 ? [listWords(names)] : []), ...time];
    return parts.length > 0 ? parts.join(", ") : null;
  };
}

function met(name: string | null): Doc | undefined {
  return name === null ? undefined : { name };
}

/** A door has a number on its round's list in place of a name. */
function doorIn(held: Look, id: string): Doc | undefined {
  const door = held("household", id);
  const round = typeof door?.["round_id"] === "string" ? held("round", door["round_id"])?.["name"] : undefined;
  return door && { name: [t("fieldwork.door", { number: Number(door["number"]) }), round].filter(Boolean).join(", ") };
}
