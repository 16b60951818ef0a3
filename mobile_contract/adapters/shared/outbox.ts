/**
 * What is on its way to the server, kept so that a lost answer is asked for again in the same words: the server then
 * gives its first receipt, and nothing happens twice.
 */

import { CONTRACT } from "../../generated/contract.ts";
import { tick } from "../../typescript/sync/hlc.ts";
import { ProblemError, slugOf } from "../../typescript/sync/problems.ts";
import { uuid7 } from "../../typescript/sync/uuid7.ts";
import type { Command, FieldSet, Json, Manifest, Op, Problem, PushAnswer, Result } from "../../typescript/sync/wire.ts";
import type { Door } from "./door.ts";
import { isForgotten, latestOf, sentAgain, type Answered, type Entry, type Journal } from "./journal.ts";
import { Turn } from "./keep.ts";
import { NO_SHELVES, Shelves, type Range } from "./shelves.ts";

export type { Answered } from "./journal.ts";

/** A change that waits. `note` comes back with the answer. */
export interface Deed {
  kind: string;
  id: string;
  op: Op;
  base: number;
  set: FieldSet;
  command?: Command | null;
  note?: Json;
}

/** The journal as it is kept: what was answered lies on shelves of its own. Earlier ones had it in here. */
type Kept = Omit<Journal, "sent"> & { sent?: Journal["sent"]; shelves?: Range };

type Answer = PushAnswer & { later?: Pick<Result, "mid" | "outcome" | "problem">[] };

/** What to do with answers, before they are forgotten; after a crash it is called again with the same. */
export type Settle = (answered: Answered[]) => Promise<void>;

const MOST = 200;
/** How much of what was answered is kept in case the server is restored from a backup, and for how long if it does not say. */
const SENT_KEPT = 20_000;
const SENT_KEPT_DAYS = 7;
const DAY_MS = 24 * 3_600_000;
const NUMBERING = new Set(["lseq-gap", "lseq-reused"]);
const PATIENCE = 5;

export class Outbox {
  private readonly door: Door;
  private readonly turn = new Turn();
  private readonly shelves: Shelves;

  constructor(door: Door) {
    this.door = door;
    this.shelves = new Shelves(door.keep);
  }

  /** Writes changes down at the end of the queue and gives their ids. */
  add(deeds: Deed[]): Promise<string[]> {
    return this.turn.take(async () => {
      const journal = await this.read();
      const device = await this.door.deviceId();
      const entries = deeds.map(({ command = null, note = null, ...deed }) => {
        const hlc = (journal.hlc = tick(journal.hlc ?? undefined, this.door.clock(), device));
        const order = (journal.made = (journal.made ?? 0) + 1);
        return { mid: uuid7(this.door.clock(), this.door.chance), lseq: 0, ...deed, hlc, command, note, order };
      });
      await this.write({ ...journal, queue: [...journal.queue, ...entries] });
      return entries.map(({ mid }) => mid);
    });
  }

  /** Sends what waits, oldest first. Throws OfflineError, ProblemError; what was not answered stays. */
  deliver(settle: Settle): Promise<void> {
    return this.turn.take(() => this.send(settle));
  }

  /** The same; then gives what `latest` does, before anything can be put back in the queue. */
  delivered(settle: Settle, kind: string): Promise<Map<string, Answered>> {
    return this.turn.take(async () => {
      await this.send(settle);
      return latestOf(await this.read(), kind);
    });
  }

  /** Puts back in the queue what a restored server lacks; a push of nothing says how far it has got. */
  sendAgain(): Promise<void> {
    return this.turn.take(async () => {
      const { acked_lseq } = await this.post(empty());
      await this.write(sentAgain(await this.read(), acked_lseq));
    });
  }

  /**
   * Whether a server whose page says `acked` has forgotten what it had answered. Such a page may be older than the latest
   * answer, so a push of nothing makes sure.
   */
  hasLost(acked: number): Promise<boolean> {
    return this.turn.take(async () => {
      const journal = await this.read();
      return isForgotten(journal, acked) && isForgotten(journal, (await this.post(empty())).acked_lseq);
    });
  }

  /** Forgets what was sent about records that this device no longer holds. */
  forget(kind: string, ids: readonly string[]): Promise<void> {
    return this.turn.take(async () => {
      const journal = await this.read();
      const sent = journal.sent.filter(({ entry }) => entry.kind !== kind || !ids.includes(entry.id));
      if (sent.length < journal.sent.length) await this.write({ ...journal, sent });
    });
  }

  /** The latest answers about records of a kind, by their ids, if they came lately. */
  latest(kind: string): Promise<Map<string, Answered>> {
    return this.turn.take(async () => latestOf(await this.read(), kind));
  }

  /** What the server last took of a record, and whether it may yet take more; undefined when it took nothing lately. */
  accepted(kind: string, id: string): Promise<{ version: number; isWaiting: boolean } | undefined> {
    return this.turn.take(async () => {
      const { sent, waiting, queue, flight } = await this.read();
      const isOf = (entry: Entry): boolean => entry.kind === kind && entry.id === id;
      const found = sent.filter(({ entry, result }) => isOf(entry) && result.outcome !== "rejected").pop();
      const isWaiting = [...waiting, ...queue, ...flight].some(isOf);
      return found || isWaiting ? { version: found?.result.version ?? 0, isWaiting } : undefined;
    });
  }

  waiting(): Promise<number> {
    return this.turn.take(async () => {
      const { queue, flight } = await this.read();
      return queue.length + flight.length;
    });
  }

  private async send(settle: Settle): Promise<void> {
    let most = MOST;
    let hasAsked = false;
    for (let futile = 0; futile < PATIENCE; ) {
      const journal = await this.board(most);
      if (!journal.flight.length && (hasAsked || !journal.waiting.length)) return;
      hasAsked = true;
      try {
        futile = (await this.land(journal, await this.post(journal), settle)) ? 0 : futile + 1;
      } catch (error) {
        if (!isAboutContent(error)) throw error;
        most = await this.narrow(journal, error.problem, settle);
      }
    }
  }

  /** Gives the next batch its numbers, once: until it is answered it stays as it is. */
  private async board(most: number): Promise<Journal> {
    const journal = await this.read();
    if (journal.flight.length || !journal.queue.length) return journal;
    const flight = journal.queue.slice(0, most).map((entry, place) => ({ ...entry, lseq: journal.lseq + 1 + place }));
    const boarded = { ...journal, flight, queue: journal.queue.slice(flight.length), lseq: journal.lseq + flight.length };
    await this.write(boarded);
    return boarded;
  }

  private async post({ flight, waiting }: Journal): Promise<Answer> {
    const mutations = flight.map(({ note: _, again: __, order: ___, ...mutation }) => mutation);
    const sent_at = new Date(this.door.clock()).toISOString();
    const ask = waiting.slice(0, MOST).map(({ mid }) => mid);
    const body = { device: await this.door.deviceId(), sent_at, schema: CONTRACT.version, mutations, ask };
    return this.door.post<Answer>("/v1/sync/push", body);
  }

  /** Takes the answers in; what was only misnumbered is numbered anew. False when nothing was settled. */
  private async land(journal: Journal, answer: Answer, settle: Settle): Promise<boolean> {
    const results = new Map(answer.results.map((result) => [result.mid, result]));
    const isSettled = ({ mid }: Entry) => results.has(mid) && !NUMBERING.has(slug(results.get(mid)!));
    const answered = journal.flight.filter(isSettled).map((entry) => ({ entry, result: known(results.get(entry.mid)!) }));
    const later = laterOf(journal, answer);
    await settle([...answered, ...later.filter(({ result }) => result.outcome === "rejected")]);
    const settled = new Set(later.map(({ entry }) => entry.mid));
    const deferred = answered.filter(({ result }) => result.outcome === "deferred").map(({ entry }) => entry);
    const [asked, others] = [journal.waiting.slice(0, MOST), journal.waiting.slice(MOST)];
    const waiting = [...others, ...asked.filter(({ mid }) => !settled.has(mid)), ...deferred]; // the others' turn is next
    const left = journal.flight.filter((entry) => !isSettled(entry));
    const lseq = left.length ? answer.acked_lseq : journal.lseq;
    const next = { ...journal, flight: [], queue: [...left, ...journal.queue], lseq, waiting, sent: await this.remembered(journal, answered) };
    await this.write(left.length && isForgotten(next, answer.acked_lseq) ? sentAgain(next, answer.acked_lseq) : next);
    return answered.length > 0;
  }

  /** The server refused the request for something in it: halves it, until one change is left to blame. */
  private async narrow(journal: Journal, problem: Problem, settle: Settle): Promise<number> {
    const [first, ...others] = journal.flight as [Entry, ...Entry[]];
    const before = { ...journal, flight: [], lseq: first.lseq - 1 };
    if (others.length) await this.write({ ...before, queue: [...journal.flight, ...journal.queue] });
    else {
      const result: Result = { mid: first.mid, lseq: first.lseq, outcome: "rejected", version: 0, row: null, conflicts: [], problem };
      await settle([{ entry: first, result }]);
      await this.write(before);
    }
    return Math.ceil(journal.flight.length / 2);
  }

  private async remembered({ sent }: Journal, answered: Answered[]): Promise<Journal["sent"]> {
    const { limits } = (await this.door.keep.get<{ manifest: Manifest }>("manifest"))?.manifest ?? {};
    const now = this.door.clock();
    const mids = new Set(answered.map(({ entry }) => entry.mid)); // there already, if a crash came before the answers were done with
    const news = answered.map(({ entry, result }) => ({ entry: { ...entry, lseq: result.lseq || entry.lseq }, result, at: now }));
    const isYoung = ({ at }: { at: number }): boolean => now - at < (limits?.journal_days ?? SENT_KEPT_DAYS) * DAY_MS;
    const kept = sent.filter(({ entry }) => !mids.has(entry.mid));
    return [...kept, ...news].filter(isYoung).slice(-SENT_KEPT);
  }

  private async read(): Promise<Journal> {
    const { shelves = NO_SHELVES, sent, ...rest } = (await this.door.keep.get<Kept>("journal")) ?? ({ ...empty() } as Kept);
    const shelved = await this.shelves.read(shelves);
    return { ...rest, sent: sent?.length ? [...sent, ...shelved] : shelved };
  }

  private async write({ sent, ...rest }: Journal): Promise<void> {
    const shelves = await this.shelves.add(sent);
    await this.door.keep.set("journal", { ...rest, shelves });
    await this.shelves.tidy(sent);
  }
}

function empty(): Journal {
  return { lseq: 0, hlc: null, queue: [], flight: [], waiting: [], sent: [] };
}

/** What has become of changes that were deferred. */
function laterOf({ waiting }: Journal, { later = [] }: Answer): Answered[] {
  const entries = new Map(waiting.map((entry) => [entry.mid, entry]));
  return later.flatMap(({ mid, outcome, problem }) => {
    const entry = entries.get(mid);
    return entry ? [{ entry, result: { mid, lseq: entry.lseq, outcome, version: 0, row: null, conflicts: [], problem } }] : [];
  });
}

/** An id of ours names one change for ever, so "reused" says that it arrived earlier under another number. */
function known(result: Result): Result {
  return slug(result) === "mid-reused" ? { ...result, outcome: "duplicate", problem: null } : result;
}

function slug({ problem }: Result): string {
  return problem ? slugOf(problem) : "";
}

function isAboutContent(error: unknown): error is ProblemError {
  if (!(error instanceof ProblemError)) return false;
  const { status, errors } = error.problem;
  return status === 413 || slugOf(error.problem) === "malformed-json" || (status === 422 && JSON.stringify(errors ?? {}).includes("mutations"));
}
