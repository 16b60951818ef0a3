/** The sync client: the one object that screens talk to. */

import type { AttentionEntry, Chance, Clock, DeviceInfo, OutboxEntry, Store, Transport } from "./ports.ts";
import type { View } from "./overlay.ts";
import type { Account, Doc, FieldConflict, Manifest, Problem } from "./wire.ts";

export type ClientState = "sign-in" | "ready" | "upgrade" | "wiped";

export interface Status {
  /** sign-in: sending waits for a password, work goes on. upgrade: a newer app is needed first. wiped: this device was shut out. */
  state: ClientState;
  account: Account | null;
  syncing: boolean;
  /** Changes saved on this phone and not yet answered. */
  waiting: number;
  /** Changes the server keeps until what they refer to arrives. */
  deferred: number;
  /** Refused changes that a person should see. */
  attention: number;
  /** Every change made before this instant and allowed here is on this phone; null before the first full sync. */
  synced_at: string | null;
  /** Why the last sync did not finish; null when it did. A lost network has the type "/problems/offline". */
  problem: Problem | null;
  /** When to try again, in milliseconds since 1970; null when there is no reason to. */
  retry_at: number | null;
}

export interface SyncReport {
  /** done: everything sent and received. offline: try later. The rest as in Status.state. */
  outcome: "done" | "offline" | "failed" | "sign-in" | "upgrade" | "wiped";
  pushed: number;
  pulled: number;
  merged: { mid: string; kind: string; id: string }[];
  conflicts: { mid: string; kind: string; id: string; fields: FieldConflict[] }[];
  rejected: AttentionEntry[];
  deferred: string[];
  evicted: string[];
  problem: Problem | null;
}

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

export class SyncClient {
  constructor(options: ClientOptions) {
    void options;
  }

  /** Signs in and enrols this phone. Throws ProblemError (wrong password, other account's work still here) or OfflineError. */
  signIn(username: string, password: string): Promise<Account> {
    void username, password;
    throw new Error("not built yet");
  }

  /** Ends the sign-in here and forgets everything. Throws when work waits to be sent, unless `even` is true. */
  signOut(even?: boolean): Promise<void> {
    void even;
    throw new Error("not built yet");
  }

  /** Adds a record. `doc` may leave out fields that have a default. `id` is made when not given. */
  create(kind: string, doc: Doc, id?: string): Promise<string> {
    void kind, doc, id;
    throw new Error("not built yet");
  }

  /**
   * Changes fields. Give plain values: sets of codes and counters become differences here, and what is unchanged is
   * left out. Gives the mutation's id, or null when nothing changes.
   */
  patch(kind: string, id: string, set: Doc): Promise<string | null> {
    void kind, id, set;
    throw new Error("not built yet");
  }

  remove(kind: string, id: string): Promise<string> {
    void kind, id;
    throw new Error("not built yet");
  }

  /** Asks for something that the server decides; pending in `View.commands` until then. */
  command(kind: string, id: string, name: string, args?: Doc, validUntil?: string | null): Promise<string> {
    void kind, id, name, args, validUntil;
    throw new Error("not built yet");
  }

  /** Takes back an unsent change, with those that build on it. Gives what was taken back; empty when it has been sent. */
  undo(mid: string): Promise<OutboxEntry[]> {
    void mid;
    throw new Error("not built yet");
  }

  read<K extends string>(kind: K, id: string): Promise<View<K> | undefined> {
    void kind, id;
    throw new Error("not built yet");
  }

  /** Every record of a kind, in the order of their ids. */
  list<K extends string>(kind: K): Promise<View<K>[]> {
    void kind;
    throw new Error("not built yet");
  }

  outbox(): Promise<OutboxEntry[]> {
    throw new Error("not built yet");
  }

  attention(): Promise<AttentionEntry[]> {
    throw new Error("not built yet");
  }

  /** The person has seen this refusal. */
  dismiss(mid: string): Promise<void> {
    void mid;
    throw new Error("not built yet");
  }

  status(): Promise<Status> {
    throw new Error("not built yet");
  }

  /** The last manifest, for the model and the limits. */
  manifest(): Promise<Manifest | null> {
    throw new Error("not built yet");
  }

  /** Sends a signed request to another address of the API, such as a model pack; renews the sign-in once if needed. */
  request(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    void method, path, body;
    throw new Error("not built yet");
  }

  /** Takes bytes, such as a model pack, by a signed request; null unless the answer is 200. */
  download(path: string): Promise<Uint8Array | null> {
    void path;
    throw new Error("not built yet");
  }

  /** Sends what waits and takes what changed. Never throws for the network or the server: the report says what happened. Calls during a sync join it. */
  sync(): Promise<SyncReport> {
    throw new Error("not built yet");
  }

  /** Calls `fn` after every change of what is held; gives the function that ends it. */
  subscribe(fn: (change: Change) => void): () => void {
    void fn;
    throw new Error("not built yet");
  }
}
