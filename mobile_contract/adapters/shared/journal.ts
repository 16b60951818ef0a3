/** What is on its way and what was answered lately, and which of it goes again where the server was restored without it. */

import type { Json, Mutation, Result } from "../../typescript/sync/wire.ts";

export interface Entry extends Mutation {
  note: Json;
  /** The how-manieth change of this phone; its clock may be set back. Those of before it was counted have none. */
  order?: number;
  /** It goes again after a restore: the phone has taken its answer in before. */
  again?: boolean;
}

export interface Answered {
  entry: Entry;
  result: Result;
}

export interface Journal {
  lseq: number;
  hlc: string | null;
  /** How many changes this phone has made. */
  made?: number;
  queue: Entry[];
  flight: Entry[];
  /** Deferred: the server keeps them until the record that they refer to arrives, and says later what became of them. */
  waiting: Entry[];
  /** Answered lately; sent again after the server was restored from a backup, but for what it refused. */
  sent: (Answered & { at: number })[];
  /** Up to which number all histories of this phone agree, since a server was first restored. */
  fork?: number;
}

/** Whether the server has fewer changes than it has answered: a phone without a cursor hears of no new epoch. */
export function isForgotten(journal: Journal, acked: number): boolean {
  return again(journal, acked).length > 0;
}

/**
 * The journal with what the server lacks back in the queue, in the order in which it was made; `acked`: up to where it
 * now has this phone's changes. Numbers that were given after an earlier restore count for nothing: a backup may be
 * older than they are.
 */
export function sentAgain(journal: Journal, acked: number): Journal {
  const known = Math.min(acked, journal.fork ?? acked);
  const lost = new Map(again(journal, known).map((entry) => [entry.mid, { ...entry, again: true }]));
  const queue = [...lost.values(), ...journal.flight, ...journal.queue].sort(inOrder);
  const isKept = ({ mid }: Entry): boolean => !lost.has(mid);
  const sent = journal.sent.filter(({ entry }) => isKept(entry));
  const fork = lost.size ? { fork: known } : {};
  return { ...journal, ...fork, queue, flight: [], lseq: acked, waiting: journal.waiting.filter(isKept), sent };
}

function again({ sent, waiting }: Journal, acked: number): Entry[] {
  const answered = sent.filter(({ result }) => result.outcome !== "rejected").map(({ entry }) => entry);
  return [...answered, ...waiting].filter(({ lseq }) => lseq > acked);
}

/** The latest answer about each record of a kind, by the records' ids. */
export function latestOf({ sent }: Journal, kind: string): Map<string, Answered> {
  return new Map(sent.filter(({ entry }) => entry.kind === kind).map((answered) => [answered.entry.id, answered]));
}

function inOrder(one: Entry, other: Entry): number {
  return (one.order ?? 0) - (other.order ?? 0) || (one.hlc < other.hlc ? -1 : 1);
}
