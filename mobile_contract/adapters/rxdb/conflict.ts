/** RxDB's conflict handler. Its own would drop what the person wrote; here it stays, or the server has it on record. */

import { defaultConflictHandler, type RxConflictHandler } from "rxdb";
import { same } from "../../typescript/sync/edit.ts";
import type { Json } from "../../typescript/sync/wire.ts";
import type { AnyDoc } from "./schemas.ts";

export const kithConflictHandler: RxConflictHandler<any> = {
  isEqual: defaultConflictHandler.isEqual,
  /**
   * A master that is newer than what the edit was made on was merged by the server, field by field; the value that did
   * not stand is a `conflict` record. Of any other, the fields that the person changed are kept.
   */
  async resolve({ assumedMasterState: assumed, newDocumentState: wanted, realMasterState: master }) {
    if (!assumed || master._deleted || wanted._deleted || master.kith_version >= assumed.kith_version) return master;
    const changed = Object.keys(wanted).filter((name) => !same(wanted[name] as Json, (assumed[name] ?? null) as Json));
    return { ...master, ...Object.fromEntries(changed.map((name) => [name, wanted[name]])) };
  },
};

/** Whether two documents say the same, whatever version they are of. */
export function saysSame(one: AnyDoc & { _deleted?: boolean }, other: AnyDoc & { _deleted?: boolean }): boolean {
  if (Boolean(one._deleted) !== Boolean(other._deleted)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)].filter((name) => !name.startsWith("_") && name !== "kith_version"));
  return [...names].every((name) => same(one[name] ?? null, other[name] ?? null));
}
