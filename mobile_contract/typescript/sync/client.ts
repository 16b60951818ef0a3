/** The sync client: the one object that screens talk to. */

import { change, creation, increase, order, removal, type ChangesOf, type CounterOf, type DraftOf, type Seen } from "./deeds.ts";
import { LivePokes, type Alone } from "./live.ts";
import { Messenger } from "./messenger.ts";
import { enqueue, takeBack, type Deed } from "./outbox.ts";
import type { View } from "./overlay.ts";
import type { AttentionEntry, Chance, Clock, DeviceInfo, OutboxEntry, Store, Transaction, Transport } from "./ports.ts";
import { ProblemError, problemOf, UNSENT_WORK } from "./problems.ts";
import { see, seeAll } from "./reading.ts";
import { newTrace, type SyncReport, type Trace } from "./report.ts";
import { delayMs } from "./retry.ts";
import { round } from "./round.ts";
import { begin, enrol } from "./sign_in.ts";
import { outcomeOf, readStatus, type Status } from "./status.ts";
import { uuid7 } from "./uuid7.ts";
import type { Account, Doc, Manifest } from "./wire.ts";

/** What was touched; null when it may be anything. */
export interface Change {
  kinds: ReadonlySet<string> | null;
}

export interface ClientOptions {
  store: Store;
  transport: Transport;
  clock: Clock;
  chance: Chance;
  device: DeviceInfo;
}

type MidOf<D> = D extends Deed ? string : null;

export class SyncClient {
  private readonly store: Store;
  private readonly clock: Clock;
  private readonly chance: Chance;
  private readonly device: DeviceInfo;
  private readonly messenger: Messenger;
  private readonly listeners = new Set<(change: Change) => void>();
  private running: Promise<SyncReport> | null = null;
  private failures = 0;
  private retryAt: number | null = null;

  constructor(options: ClientOptions) {
    this.store = options.store;
    this.clock = options.clock;
    this.chance = options.chance;
    this.device = options.device;
    this.messenger = new Messenger(options.store, options.transport);
  }

  /** Signs in and enrols this phone. Throws ProblemError (wrong password, another account's unsent work) or OfflineError. */
  async signIn(username: string, password: string): Promise<Account> {
    const device = { ...this.device, id: await this.deviceId() };
    const session = await enrol(this.messenger, { username, password }, device, () => this.newDeviceId());
    await this.store.transaction("write", (tx) => begin(tx, session));
    this.tell(null);
    return session.account;
  }

  /** Ends the sign-in and forgets everything here. Throws ProblemError when work waits to be sent, unless `even` then. */
  async signOut(even = false): Promise<void> {
    if (!even && (await this.outbox()).length) throw new ProblemError(UNSENT_WORK);
    // Without a signal the server hears nothing and the tokens run out by themselves.
    await this.messenger.signed({ method: "POST", path: "/v1/sign-out" }).catch(() => undefined);
    await this.forget(false);
  }

  /** Adds a record. `doc` may leave out fields that have a default. `id` is made when not given. */
  async create<K extends string>(kind: K, doc: DraftOf<K>, id: string = uuid7(this.clock(), this.chance)): Promise<string> {
    await this.write(() => creation(kind, id, doc as Doc), kind);
    return id;
  }

  /**
   * Changes fields. Give plain values: sets of codes and counters become differences here, and what is unchanged is
   * left out. Gives the mutation's id, or null when nothing changes. Throws when there is no such record here.
   *
   * seen : the record as whoever writes saw it when they began, where that was a while ago. A field that others changed
   * since then comes into conflict, in place of being written over.
   */
  async patch<K extends string>(kind: K, id: string, set: ChangesOf<K>, seen?: Seen): Promise<string | null> {
    return this.write((tx) => change(tx, kind, id, set as Doc, seen), kind);
  }

  /** Adds to a counter, or takes away with a `by` below 0; what others add meanwhile counts as well. Gives as `patch`. */
  async increment<K extends string>(kind: K, id: string, field: CounterOf<K>, by = 1): Promise<string | null> {
    return this.write((tx) => increase(tx, kind, id, field as string, by), kind);
  }

  async remove(kind: string, id: string): Promise<string> {
    return this.write((tx) => removal(tx, kind, id), kind);
  }

  /** Asks for something that the server decides; pending in `View.commands` until then. */
  async command(kind: string, id: string, name: string, args: Doc = {}, validUntil: string | null = null): Promise<string> {
    return this.write((tx) => order(tx, kind, id, { name, args, valid_until: validUntil }), kind);
  }

  /** Takes back an unsent change, with those that build on it. Gives what was taken back; empty when it has been sent. */
  async undo(mid: string): Promise<OutboxEntry[]> {
    const taken = await this.store.transaction("write", (tx) => takeBack(tx, mid));
    if (taken.length) this.tell(new Set(taken.map((entry) => entry.kind)));
    return taken;
  }

  async read<K extends string>(kind: K, id: string): Promise<View<K> | undefined> {
    return this.store.transaction("read", (tx) => see(tx, kind, id));
  }

  /** Every record of a kind, in the order of their ids. */
  async list<K extends string>(kind: K): Promise<View<K>[]> {
    return this.store.transaction("read", (tx) => seeAll(tx, kind));
  }

  outbox(): Promise<OutboxEntry[]> {
    return this.store.transaction("read", (tx) => tx.outbox());
  }

  attention(): Promise<AttentionEntry[]> {
    return this.store.transaction("read", (tx) => tx.attention());
  }

  /** The person has seen this refusal. */
  async dismiss(mid: string): Promise<void> {
    await this.store.transaction("write", (tx) => tx.deleteAttention(mid));
    this.tell(new Set());
  }

  async status(): Promise<Status> {
    return this.store.transaction("read", (tx) => readStatus(tx, this.running !== null, this.retryAt));
  }

  /** The last manifest, for the model and the limits. */
  async manifest(): Promise<Manifest | null> {
    return (await this.store.transaction("read", (tx) => tx.meta<Manifest>("manifest"))) ?? null;
  }

  /**
   * Sends a signed request to another address of the API; renews the sign-in once if needed. Throws ProblemError for an
   * answer of 400 or more, OfflineError when none came.
   */
  async request(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    return this.messenger.signed({ method, path, body });
  }

  /** The access token, for an uploader of files; renewed when it is about to end, or is the one that the server `refused`. */
  accessToken(refused?: string): Promise<string> {
    return this.messenger.accessToken(this.clock(), refused);
  }

  /** Takes bytes, such as a model pack, by a signed request; null unless the answer is 200. Throws as `request`. */
  async download(path: string, headers: Record<string, string> = {}): Promise<Uint8Array | null> {
    const answer = await this.messenger.signed({ method: "GET", path, raw: true, headers });
    return answer.status === 200 ? (answer.body as Uint8Array) : null;
  }

  /** Sends what waits and takes what changed. Never throws for the network or the server. A call during a sync joins it. */
  sync(): Promise<SyncReport> {
    this.running ??= this.run().finally(() => {
      this.running = null;
      this.tell(new Set());
    });
    return this.running;
  }

  /**
   * Pokes of the server, to be started and stopped; `told` hears each. A sync should follow. One that comes during a
   * sync is told after it: that sync may have asked before there was what the poke tells of, and a call would join it.
   */
  pokes(told: (head: number) => void, alone?: Alone): LivePokes {
    const path = async (): Promise<string | null> => (this.messenger.canStream && (await this.manifest())?.live) || null;
    const onPoke = (head: number): void => void (this.running ? this.running.then(() => told(head)) : told(head));
    return new LivePokes({ messenger: this.messenger, chance: this.chance, path, onPoke, ...(alone ? { alone } : {}) });
  }

  /** Calls `fn` after every change of what is held; gives the function that ends it. */
  subscribe(fn: (change: Change) => void): () => void {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  }

  private async run(): Promise<SyncReport> {
    const trace = newTrace();
    try {
      const world = { store: this.store, messenger: this.messenger, clock: this.clock, device: await this.deviceId() };
      this.tell(new Set());
      await round(world, trace);
      await this.store.transaction("write", (tx) => tx.setMeta("problem", null));
      [this.failures, this.retryAt] = [0, null];
    } catch (error) {
      await this.fail(error, trace).catch(() => undefined); // a broken store cannot even remember that it broke
    }
    this.tell(trace.touched);
    return trace.report;
  }

  private async fail(error: unknown, trace: Trace): Promise<void> {
    const problem = problemOf(error);
    trace.report.problem = problem;
    trace.report.outcome = outcomeOf(problem);
    if (problem.remedy === "wipe") return this.forget(true);
    if (problem.remedy !== "sign-in") {
      this.failures += 1;
      const retryAfter = error instanceof ProblemError ? error.retryAfter : null;
      this.retryAt = this.clock() + delayMs(this.failures, this.chance, retryAfter);
    }
    await this.store.transaction("write", (tx) => tx.setMeta("problem", problem));
  }

  /** An id serves one account only, and one life of its store, as the numbers of its changes start again. */
  private newDeviceId(): string {
    return `phone-${uuid7(this.clock(), this.chance)}`;
  }

  private async deviceId(): Promise<string> {
    return (await this.store.transaction("read", (tx) => tx.meta<string>("device"))) ?? this.device.id;
  }

  private async forget(wiped: boolean): Promise<void> {
    await this.store.transaction("write", async (tx) => {
      await tx.clear();
      await tx.setMeta("wiped", wiped);
      await tx.setMeta("device", this.newDeviceId());
    });
    [this.failures, this.retryAt] = [0, null];
    this.tell(null);
  }

  /** Gives the change's id; null when nothing changes. */
  private async write<D extends Deed | null>(deedOf: (tx: Transaction) => D | Promise<D>, kind: string): Promise<MidOf<D>> {
    const mid = await this.store.transaction("write", async (tx) => {
      const deed = await deedOf(tx);
      const device = (await tx.meta<string>("device")) ?? this.device.id;
      return deed && (await enqueue(tx, deed, this.clock(), this.chance, device)).mid;
    });
    if (mid !== null) this.tell(new Set([kind]));
    return mid as MidOf<D>;
  }

  private tell(kinds: ReadonlySet<string> | null): void {
    for (const listener of [...this.listeners]) listener({ kinds });
  }
}
