/** Second half of push: take the server's answers into the records, the outbox and what needs a person. */

import { scopesOf } from "../../generated/contract.ts";
import { forgetOld, isForgotten, noteAnswered, remember, sendAgain } from "./journal.ts";
import { renumber } from "./number.ts";
import { replay } from "./overlay.ts";
import type { OutboxEntry, Transaction } from "./ports.ts";
import { PARENT_MISSING, slugOf } from "./problems.ts";
import type { Trace } from "./report.ts";
import type { Doc, Problem, PushAnswer, Result } from "./wire.ts";

/** Answers about the numbers, not about the change: it keeps its place and gets another number. */
const NUMBERING = new Set(["lseq-gap", "lseq-reused"]);
/** The server keeps a deferred change for seven days after it arrived; a day more for what was on its way. */
const DEFERRED_KEPT_MS = 8 * 24 * 3_600_000;
/** An id of ours names one change for ever, so this says that it arrived earlier under another number; the pull shows how. */
const ANSWERED_BEFORE = "mid-reused";

/** Folds a push answer in; a second time nothing changes. `now` in ms. */
export async function fold(tx: Transaction, answer: PushAnswer, now: number, trace: Trace): Promise<void> {
  const waiting = new Map((await tx.outbox()).map((entry) => [entry.mid, entry]));
  let misnumbered = false;
  for (const result of answer.results) {
    const entry = waiting.get(result.mid);
    if (!entry) continue;
    const slug = result.problem ? slugOf(result.problem) : "";
    if (NUMBERING.has(slug)) misnumbered = true;
    else if (slug === ANSWERED_BEFORE) await tx.deleteOutbox(entry.mid);
    else await settle(tx, entry, result, now, trace);
  }
  if (misnumbered) {
    if (await isForgotten(tx, answer.acked_lseq)) await sendAgain(tx, answer.acked_lseq);
    await renumber(tx, answer.acked_lseq);
  }
  if (answer.results.length) await forgetOld(tx, now);
}

/** Takes a change out of the outbox and shows it, with why, to the person. */
export async function refuse(
  tx: Transaction, entry: OutboxEntry, problem: Problem, now: number, trace: Trace,
): Promise<void> {
  const refused = { ...entry, problem, refused_at: new Date(now).toISOString() };
  await tx.putAttention(refused);
  await tx.deleteOutbox(entry.mid);
  trace.report.rejected.push(refused);
  trace.touched.add(entry.kind);
}

/** Puts before a person what waited longer for another record than the server keeps it. */
export async function giveUpOverdue(tx: Transaction, now: number, trace: Trace): Promise<void> {
  for (const entry of await tx.outbox()) {
    const isOverdue = entry.deferred && now - Date.parse(entry.made_at) > DEFERRED_KEPT_MS;
    if (isOverdue) await refuse(tx, entry, PARENT_MISSING, now, trace);
  }
}

async function settle(tx: Transaction, entry: OutboxEntry, result: Result, now: number, trace: Trace): Promise<void> {
  trace.touched.add(entry.kind);
  if (result.outcome === "deferred") {
    await tx.putOutbox({ ...entry, lseq: result.lseq || entry.lseq, deferred: true });
    await noteAnswered(tx, result.lseq || entry.lseq);
    trace.report.deferred.push(entry.mid);
    return;
  }
  if (result.row) await foresee(tx, result.row.k, result.row.i, result.row.v, result.row.d);
  await remember(tx, entry, now, result.lseq);
  if (result.outcome === "rejected") return refuse(tx, entry, result.problem ?? nameless(), now, trace);
  if (!result.row) await keepAsAnswered(tx, entry, result.version);
  await tx.deleteOutbox(entry.mid);
  await tx.deleteAttention(entry.mid); // refused before a restore, it may be taken now
  tell(entry, result, trace);
}

/** The server took the change just as it was: what the person sees becomes what the server has. */
async function keepAsAnswered(tx: Transaction, entry: OutboxEntry, version: number): Promise<void> {
  const held = await tx.record(entry.kind, entry.id);
  const doc = replay(held?.doc, entry);
  if (entry.op === "delete" || (doc && entry.op !== "command")) await foresee(tx, entry.kind, entry.id, version, doc);
}

/**
 * Takes an answer's word for how a record is, until the pull that follows confirms it. A repeated answer may be old, so
 * what a pull has shown already counts for more, and what no pull confirms goes: the record was deleted meanwhile.
 */
async function foresee(
  tx: Transaction, kind: string, id: string, version: number, doc: Doc | null | undefined,
): Promise<void> {
  const generation = (await tx.meta<number>("generation")) ?? 0;
  const held = await tx.record(kind, id);
  const isConfirmed = held?.generation === generation;
  if (held && (isConfirmed ? held.version >= version : held.version > version)) return;
  if (!doc) return tx.deleteRecord(kind, id);
  await tx.putRecord({ kind, id, version, doc, scopes: scopesOf(kind, id, doc), generation: generation - 1 });
}

function tell({ mid, kind, id }: OutboxEntry, result: Result, { report }: Trace): void {
  report.pushed += 1;
  if (result.outcome === "merged") report.merged.push({ mid, kind, id });
  if (result.conflicts.length) report.conflicts.push({ mid, kind, id, fields: result.conflicts });
}

function nameless(): Problem {
  return { type: "/problems/refused", title: "The server did not take this change.", status: 0, remedy: "drop" };
}
