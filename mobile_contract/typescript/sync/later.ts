/** Later: what became of changes that waited at the server, or were refused and then reviewed by somebody. */

import { refuse } from "./fold.ts";
import { remember } from "./journal.ts";
import type { Transaction } from "./ports.ts";
import { PARENT_MISSING } from "./problems.ts";
import type { Trace } from "./report.ts";
import type { Later } from "./wire.ts";

/** The most that one request asks about. */
const MOST = 200;

/** The ids of changes that wait, then of those that were refused, the newest first. */
export async function asks(tx: Transaction): Promise<{ deferred: string[]; refused: string[] }> {
  const deferred = (await tx.outbox()).filter((entry) => entry.deferred).map(({ mid }) => mid);
  const refused = (await tx.attention()).map(({ mid }) => mid).reverse();
  return { deferred: deferred.slice(0, MOST), refused: refused.slice(0, MOST) };
}

/** Takes what the server has decided since; a second time nothing changes. */
export async function takeLater(tx: Transaction, decided: Later[], now: number, trace: Trace): Promise<void> {
  const waiting = new Map((await tx.outbox()).map((entry) => [entry.mid, entry]));
  for (const { mid, outcome, problem } of decided) {
    if (outcome === "deferred") continue;
    const entry = waiting.get(mid);
    if (entry) await remember(tx, entry, now);
    if (entry && outcome === "rejected") await refuse(tx, entry, problem ?? PARENT_MISSING, now, trace);
    else if (entry) {
      await tx.deleteOutbox(mid);
      trace.touched.add(entry.kind);
    } else if (outcome !== "rejected") await tx.deleteAttention(mid);
    if (outcome !== "rejected") trace.report.later.push(mid);
  }
}
