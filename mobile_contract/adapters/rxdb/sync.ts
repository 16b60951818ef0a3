/** Kith's sync for an app whose records are in RxDB: one replication a collection, one outbox and one feed for all. */

import { now, type RxCollection, type RxDatabase } from "rxdb";
import { replicateRxCollection, type RxReplicationState } from "rxdb/plugins/replication";
import { filter, firstValueFrom, Subject, type Observable } from "rxjs";
import { KINDS } from "../../generated/contract.ts";
import type { Account, Budget, Doc, Problem } from "../../typescript/sync/wire.ts";
import { ProblemError, problemOf } from "../../typescript/sync/problems.ts";
import { delayMs } from "../../typescript/sync/retry.ts";
import { Door, type DoorOptions } from "../shared/door.ts";
import type { Keep } from "../shared/keep.ts";
import type { Refused } from "../shared/refused.ts";
import { Feed } from "./feed.ts";
import { Puller, type Place } from "./pull.ts";
import { Pusher } from "./push.ts";
import { KEEP, type AnyDoc } from "./schemas.ts";

export interface KithOptions extends DoorOptions {
  database: RxDatabase;
  /** Documents a pull and a push at most. */
  batchSize?: number;
  /** Milliseconds until RxDB tries again after a lost signal; a pause that grows with every failure comes on top. */
  retryTime?: number;
  pause?: (ms: number) => Promise<void>;
}

interface Part {
  state: RxReplicationState<AnyDoc, Place>;
  puller: Puller;
  collection: RxCollection<AnyDoc>;
  /** The clean-ups so far, one after another. */
  cleaning: Promise<void>;
}

export class RxdbSync {
  readonly door: Door;
  /** Why a push or a pull did not get through; RxDB goes on trying. */
  readonly problem$ = new Subject<Problem>();
  /** How much this device holds, and which scopes stay away (`refused`) because it is full; null while everything fits. */
  readonly budget$: Observable<Budget | null>;
  private readonly options: KithOptions;
  private readonly feed: Feed;
  private readonly pusher: Pusher;
  private readonly resync$ = new Subject<"RESYNC">();
  private readonly parts: Part[] = [];
  private readonly pause: (ms: number) => Promise<void>;
  private failures = 0;
  private wiping: Promise<void> | null = null;
  private hasNews = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private endPokes = () => {};

  constructor(options: KithOptions) {
    this.options = options;
    this.pause = options.pause ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    this.door = new Door(rxdbKeep(options.database), options);
    this.feed = new Feed(this.door);
    this.budget$ = this.feed.budget$.asObservable();
    this.pusher = new Pusher(this.door, this.feed, () => (this.hasNews = true));
  }

  /** Signs in and enrols this device. Throws ProblemError, OfflineError. */
  signIn(username: string, password: string): Promise<Account> {
    return this.door.signIn(username, password);
  }

  /** A token for requests that others send, such as tus-js-client; renewed when it is about to end. Throws ProblemError, OfflineError. */
  accessToken(refused?: string): Promise<string> {
    return this.door.accessToken(refused);
  }

  /** Begins to replicate every collection that is called as a kind of the contract. */
  start(): void {
    for (const collection of Object.values(this.options.database.collections)) {
      if (collection.name in KINDS) this.replicate(collection as RxCollection<AnyDoc>);
    }
    this.endPokes = this.door.listen(() => void this.quietly());
    void this.schedule();
  }

  /** Looks for news now. */
  async resync(): Promise<void> {
    await this.feed.refresh();
    this.resync$.next("RESYNC");
    await this.schedule();
  }

  /** Until both sides are even. Waits for a signal; for a time limit, race it. */
  async inSync(): Promise<void> {
    do {
      this.hasNews = false;
      await this.pusher.deliver();
      await this.resync();
      await Promise.all(this.parts.map(({ state }) => state.awaitInSync()));
      for (const part of this.parts) await this.cleanUp(part);
    } while (this.hasNews);
  }

  /** Asks for something that the server decides, such as a claim; sent at once, or when there is a signal. */
  async command(kind: string, id: string, name: string, args: Doc = {}, validUntil: string | null = null): Promise<string> {
    const command = { name, args, valid_until: validUntil };
    const [mid] = await this.pusher.outbox.add([{ kind, id, op: "command", base: 0, set: {}, command }]);
    void this.pusher.deliver().then(() => this.resync(), () => undefined);
    return mid!;
  }

  /** What the server did not take, with why. An edit stays in its document, to be mended; a new record is only here. */
  refused(): Promise<Refused[]> {
    return this.pusher.refusals.all();
  }

  dismiss(mid: string): Promise<void> {
    return this.pusher.refusals.dismiss(mid);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.endPokes();
    for (const { state } of this.parts.splice(0)) await state.cancel();
  }

  private replicate(collection: RxCollection<AnyDoc>): void {
    const { door, feed, pusher } = this;
    const batchSize = this.options.batchSize ?? 200;
    const puller = new Puller({ door, feed, pusher, collection });
    const state: RxReplicationState<AnyDoc, Place> = replicateRxCollection<AnyDoc, Place>({
      replicationIdentifier: "kith",
      collection,
      live: true,
      retryTime: this.options.retryTime ?? 5_000,
      pull: {
        batchSize,
        stream$: this.resync$,
        handler: async (place, size) => {
          await pushedFirst(state);
          return this.telling(() => puller.pull(place, size)) as never;
        },
      },
      push: { batchSize, handler: (rows) => this.telling(() => pusher.push(collection.name, rows)) as never },
    });
    this.parts.push({ state, puller, collection, cleaning: Promise.resolve() });
  }

  /** Cleans up when whoever is at it has finished; done when the disk holds nothing of what went. */
  private cleanUp(part: Part): Promise<void> {
    return (part.cleaning = part.cleaning.catch(() => undefined).then(() => this.clean(part)));
  }

  /**
   * Removes from the disk what went from this device; RxDB by itself would keep it for a month. What a person deletes
   * meanwhile stays: RxDB reads from the disk what is yet to be sent.
   */
  private async clean({ state, puller, collection }: Part): Promise<void> {
    const { went } = puller;
    if (!went) return;
    await state.awaitInSync(); // all that was counted is written
    const begun = now();
    await state.awaitInSync(); // and what people deleted until then is sent
    if (state.isStopped()) return;
    puller.went -= went;
    for (const storage of [collection.storageInstance, state.metaInstance!]) while (!(await storage.cleanup(now() - begun)));
  }

  /** Says why something did not get through, and does not let RxDB ask again at once, or at all where that is no use. */
  private async telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      const given = await work();
      this.failures = 0;
      return given;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.remedy === "wipe") this.wiping ??= this.wipe().catch(() => undefined);
      else if (FOR_PEOPLE.has(problem.remedy)) void this.stop();
      this.problem$.next(problem);
      const retryAfter = error instanceof ProblemError ? error.retryAfter : null;
      await this.pause(delayMs(++this.failures, this.door.chance, retryAfter));
      throw error;
    }
  }

  /** This device was shut out: nothing stays, however many collections heard of it. */
  private async wipe(): Promise<void> {
    await this.stop();
    await this.options.database.remove();
  }

  /** Looks again when the server said it is worth it. */
  private async schedule(): Promise<void> {
    const ms = await this.door.pollAfterMs();
    clearTimeout(this.timer);
    if (!this.parts.length) return;
    this.timer = setTimeout(() => void this.quietly(), ms);
    (this.timer as { unref?: () => void }).unref?.(); // in Node: no reason to stay alive
  }

  private async quietly(): Promise<void> {
    await this.resync().catch(() => undefined);
    for (const part of this.parts) void part.state.awaitInSync().then(() => this.cleanUp(part)).catch(() => undefined);
  }
}

/** Sign in, load a newer app, or be wiped: replication ends, and begins again with `start`. */
const FOR_PEOPLE = new Set(["sign-in", "upgrade", "wipe"]);

/** Push before pull: what this device wrote is judged before anything is dropped. */
async function pushedFirst(state: RxReplicationState<AnyDoc, Place>): Promise<void> {
  const inner = state.internalReplicationState;
  if (inner && !state.isStopped()) await firstValueFrom(inner.events.active.up.pipe(filter((active) => !active)));
}

function rxdbKeep(database: RxDatabase): Keep {
  const kept = () => database.collections[KEEP] as RxCollection<{ name: string; json: string }>;
  return {
    get: async <T>(name: string) => {
      const found = await kept().findOne(name).exec();
      return found ? (JSON.parse(found.json) as T) : undefined;
    },
    set: async (name, value) => void (await kept().incrementalUpsert({ name, json: JSON.stringify(value) })),
    remove: async (name) => {
      const found = await kept().findOne(name).exec();
      await (await found?.incrementalPatch({ json: "" }))?.incrementalRemove(); // what is removed stays on the disk for a while
    },
  };
}
