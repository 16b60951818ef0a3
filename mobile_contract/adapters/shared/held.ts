/** Which records this device may still hold. */

import { scopesOf } from "../../generated/contract.ts";
import type { Doc } from "../../typescript/sync/wire.ts";

/** Whether a held scope has the record. */
export function isHeld(kind: string, id: string, doc: Doc, held: ReadonlySet<string>): boolean {
  return scopesOf(kind, id, doc).some((scope) => held.has(scope));
}

/** Whether the record goes when the scopes `lost` go: one of them had it, and none that is left has. */
export function goesWith(kind: string, id: string, doc: Doc, lost: readonly string[], held: ReadonlySet<string>): boolean {
  const scopes = scopesOf(kind, id, doc);
  return scopes.some((scope) => lost.includes(scope)) && !scopes.some((scope) => held.has(scope) && !lost.includes(scope));
}
