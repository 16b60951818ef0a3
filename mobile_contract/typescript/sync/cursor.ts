/** Store the cursor: the last thing of a page, so that whatever dies before is simply done again. */

import { drop } from "./evict.ts";
import { giveUpOverdue } from "./fold.ts";
import { isForgotten, sendAgain } from "./journal.ts";
import { renumber } from "./number.ts";
import type { Transaction } from "./ports.ts";
import type { Trace } from "./report.ts";
import { begunScopes, giveUp, loadings } from "./scopes.ts";
import type { Page, Pull } from "./wire.ts";

export async function storeCursor(tx: Transaction, page: Page, asked: Pull, now: number, trace: Trace): Promise<void> {
  await tx.setMeta("cursor", page.cursor);
  await noteScopes(tx, page, asked);
  if (page.more || !page.consistent) return;
  await tx.setMeta("synced_at", new Date(now).toISOString());
  await dropUnseen(tx, trace);
  await giveUpOverdue(tx, now, trace);
  const forgotten = ((await tx.meta<boolean>("restored")) ?? false) || (await isForgotten(tx, page.acked_lseq));
  if (forgotten) await sendAgain(tx, page.acked_lseq);
  if (!forgotten && !(await tx.meta<boolean>("taking"))) return;
  await tx.setMeta("restored", false);
  await tx.setMeta("taking", false);
  await renumber(tx, page.acked_lseq);
}

/**
 * Begins to take everything again, because the cursor no longer counts. What is held stays readable until the server
 * has been through it all; pushing waits until then. `restored`: the server went back to a backup; what it lacks of what
 * it has answered is sent again once its head says how far it has got.
 */
export async function startOver(tx: Transaction, restored: boolean): Promise<void> {
  await tx.setMeta("cursor", null);
  await tx.setMeta("generation", ((await tx.meta<number>("generation")) ?? 0) + 1);
  await tx.setMeta("taking", true);
  await giveUp(tx, await loadings(tx));
  await tx.setMeta("begun", []);
  await tx.setMeta("retake", []);
  if (restored) await tx.setMeta("restored", true);
}

/** The page's cursor has a place in every scope that fits: those that were loaded or to be taken again have theirs. */
async function noteScopes(tx: Transaction, page: Page, asked: Pull): Promise<void> {
  const budget = page.budget ?? null;
  const refused = new Set(budget?.refused);
  const [held, begun] = [(await tx.meta<string[]>("held")) ?? [], await begunScopes(tx)];
  await tx.setMeta("begun", held.filter((scope) => begun.includes(scope) || !refused.has(scope)));
  await tx.setMeta("budget", budget);
  await tx.setMeta("poll_after_s", page.poll_after_s || null);
  for (const name of ["retake", "snapshots"] as const) {
    if (asked[name]?.length) await tx.setMeta(name === "retake" ? "retake" : "loading", []);
  }
}

/** What neither a full taking brought, nor a pull confirmed, is no longer ours. */
async function dropUnseen(tx: Transaction, trace: Trace): Promise<void> {
  await drop(tx, await tx.recordsBefore((await tx.meta<number>("generation")) ?? 0), trace);
}
