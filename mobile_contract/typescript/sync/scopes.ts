/** Which scopes this phone has begun, and which it has to take again. */

import type { StoredRecord, Transaction } from "./ports.ts";
import type { Budget, Offer } from "./wire.ts";

/** A snapshot on its way; `loaded` when its records are here and only the cursor is missing. */
export interface Loading extends Offer {
  loaded: boolean;
}

/** The scopes that the next pull will begin: granted, not refused for want of room, and not begun or to be taken again. */
export async function toBegin(tx: Transaction): Promise<string[]> {
  const again = new Set(await tx.meta<string[]>("retake"));
  const begun = new Set(await begunScopes(tx));
  const refused = new Set((await tx.meta<Budget | null>("budget"))?.refused);
  const held = (await tx.meta<string[]>("held")) ?? [];
  return held.filter((scope) => again.has(scope) || !(begun.has(scope) || refused.has(scope)));
}

/** The scopes in which the cursor has a place, as far as this phone can know. */
export async function begunScopes(tx: Transaction): Promise<string[]> {
  const held = (await tx.meta<string[]>("held")) ?? [];
  const begun = await tx.meta<string[]>("begun");
  if (begun === undefined) return (await tx.meta<string | null>("cursor")) ? held : []; // kept by an older app
  return begun.filter((scope) => held.includes(scope));
}

/** Lets the next pull begin scopes from nothing. What is held stays readable; what the server does not bring again goes. */
export async function takeAgain(tx: Transaction, scopes: string[]): Promise<void> {
  const again = new Set([...((await tx.meta<string[]>("retake")) ?? []), ...scopes]);
  await tx.setMeta("retake", [...again]);
  const sure = new Set((await begunScopes(tx)).filter((scope) => !again.has(scope)));
  const generation = (await tx.meta<number>("generation")) ?? 0;
  const isUnsure = (record: StoredRecord): boolean => !record.scopes.some((scope) => sure.has(scope));
  for (const scope of scopes) {
    for (const record of (await tx.recordsInScope(scope)).filter(isUnsure)) {
      await tx.putRecord({ ...record, generation: generation - 1 });
    }
  }
}

export async function loadings(tx: Transaction): Promise<Loading[]> {
  return (await tx.meta<Loading[]>("loading")) ?? [];
}

/** Undoes what was loaded, so that these scopes are pulled row by row. */
export async function giveUp(tx: Transaction, given: Loading[]): Promise<void> {
  const gone = new Set(given.map(({ sha256 }) => sha256));
  await tx.setMeta("loading", (await loadings(tx)).filter(({ sha256 }) => !gone.has(sha256)));
  for (const sha256 of gone) await tx.deleteParts(sha256);
  if (given.length) await takeAgain(tx, given.map(({ scope }) => scope));
}
