/** The journal: what the server has answered lately, to be sent again where it went back to a backup without it. */

import type { OutboxEntry, SentEntry, Transaction } from "./ports.ts";
import type { Manifest } from "./wire.ts";

/** How many answered changes are kept in case the server is restored from a backup, and for how long if it does not say. */
const KEPT = 20_000;
const KEPT_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

/** Keeps a change that was answered. `lseq`: the number under which the server has it, if it says so. */
export async function remember(tx: Transaction, entry: OutboxEntry, now: number, lseq: number | null = null): Promise<void> {
  const number = lseq || entry.lseq;
  await tx.putSent({ ...entry, lseq: number, answered_at: new Date(now).toISOString() });
  await noteAnswered(tx, number);
}

/** Notes the number of a change that the server has, so that a look tells later whether it still does. */
export async function noteAnswered(tx: Transaction, lseq: number | null): Promise<void> {
  const before = await highest(tx);
  if ((lseq ?? 0) > before) await tx.setMeta("answered", lseq);
}

/** Whether the server has fewer changes than it has answered: a phone without a cursor hears of no new epoch. */
export async function isForgotten(tx: Transaction, acked: number): Promise<boolean> {
  return (await highest(tx)) > acked;
}

/**
 * Puts what the server lacks back among what waits, in the order in which it was made. `acked`: up to where it now has
 * this phone's changes. Numbers that were given after an earlier restore say nothing about a backup that may be of the
 * time before it, so these changes all go again: their ids keep them from being applied twice.
 */
export async function sendAgain(tx: Transaction, acked: number): Promise<void> {
  const known = Math.min(acked, (await tx.meta<number>("fork")) ?? acked);
  const isLost = ({ lseq }: OutboxEntry): boolean => lseq === null || lseq > known;
  for (const { answered_at: _, ...entry } of (await tx.sent()).filter(isLost)) {
    await tx.putOutbox({ ...entry, lseq: null, deferred: false });
    await tx.deleteSent(entry.mid);
  }
  for (const entry of (await tx.outbox()).filter((one) => one.deferred && isLost(one))) {
    await tx.putOutbox({ ...entry, lseq: null, deferred: false });
  }
  await tx.setMeta("fork", known);
  await tx.setMeta("answered", known);
}

export async function forgetOld(tx: Transaction, now: number): Promise<void> {
  const days = (await tx.meta<Manifest>("manifest"))?.limits.journal_days ?? KEPT_DAYS;
  const sent = await tx.sent();
  const surplus = sent.length - KEPT;
  const isOld = ({ answered_at }: SentEntry): boolean => now - Date.parse(answered_at) > days * DAY_MS;
  for (const [place, entry] of sent.entries()) if (place < surplus || isOld(entry)) await tx.deleteSent(entry.mid);
}

/** The highest number of what the server has answered; counted once where an older app did not note it. */
async function highest(tx: Transaction): Promise<number> {
  const noted = await tx.meta<number>("answered");
  if (noted !== undefined) return noted;
  const answered: OutboxEntry[] = [...(await tx.sent()), ...(await tx.outbox()).filter((entry) => entry.deferred)];
  return answered.reduce((most, { lseq }) => Math.max(most, lseq ?? 0), 0);
}
