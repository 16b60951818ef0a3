/** What the sync client needs from the world around it: a store, a network, a clock and chance. */

import type { Command, Doc, FieldSet, Op, Problem } from "./wire.ts";

/** A record as the server last gave it. */
export interface StoredRecord {
  kind: string;
  id: string;
  version: number;
  doc: Doc;
  /** The scopes that hold it, worked out when it was written. */
  scopes: string[];
  /**
   * Which taking of all scopes last brought it; one less while only an answer to a push has told of it. Whatever is
   * behind when a pull has reached the head is dropped.
   */
  generation: number;
}

/** A change made here that the server has not answered for good. */
export interface OutboxEntry {
  mid: string;
  /** Its place in the queue of this device, from 1, without regard to what was undone. */
  order: number;
  /** Its number on the wire, given when it is first sent; null until then, and only then can it be undone. */
  lseq: number | null;
  kind: string;
  id: string;
  op: Op;
  base: number;
  set: FieldSet;
  hlc: string;
  command: Command | null;
  made_at: string;
  /** The server holds it until the record that it refers to arrives; it is not sent again. */
  deferred: boolean;
}

/** A change that the server refused: out of the records, kept until a person has seen it. */
export interface AttentionEntry extends OutboxEntry {
  problem: Problem;
  refused_at: string;
}

/** A change that the server has answered, kept for some days in case the server is restored from an older backup. */
export interface SentEntry extends OutboxEntry {
  answered_at: string;
}

/** A piece of a snapshot that has arrived; `at` counts the bytes before it. */
export interface Part {
  sha256: string;
  at: number;
  bytes: Uint8Array;
}

/** Everything else that the client remembers, by name; values are plain JSON. */
export type MetaName =
  | "account" | "answered" | "batch" | "begun" | "budget" | "clock" | "clock_offset_ms" | "cursor" | "device" | "etag" | "even"
  | "fork" | "generation" | "held" | "loading" | "lseq" | "manifest" | "order" | "poll_after_s" | "problem" | "restored"
  | "retake" | "session" | "synced_at"
  | "syncs" | "taking" | "verified_at" | "wiped";

/**
 * What one transaction can do. Reads see the transaction's own writes.
 *
 * Inside `Store.transaction` await nothing but these, or IndexedDB closes the transaction.
 */
export interface Transaction {
  record(kind: string, id: string): Promise<StoredRecord | undefined>;
  /** In the order of their ids. */
  records(kind: string): Promise<StoredRecord[]>;
  recordsInScope(scope: string): Promise<StoredRecord[]>;
  /** The records of generations below `generation`. */
  recordsBefore(generation: number): Promise<StoredRecord[]>;
  putRecord(record: StoredRecord): Promise<void>;
  deleteRecord(kind: string, id: string): Promise<void>;
  countRecords(): Promise<number>;

  /** In the order in which the changes were made. */
  outbox(): Promise<OutboxEntry[]>;
  /** The entries of one kind, or of one record of it, in the order in which they were made. */
  outboxOf(kind: string, id?: string): Promise<OutboxEntry[]>;
  /** Adds the entry, or replaces the one with the same mid. */
  putOutbox(entry: OutboxEntry): Promise<void>;
  deleteOutbox(mid: string): Promise<void>;

  /** In the order in which the changes were made. */
  attention(): Promise<AttentionEntry[]>;
  putAttention(entry: AttentionEntry): Promise<void>;
  deleteAttention(mid: string): Promise<void>;

  /** In the order in which the changes were made. */
  sent(): Promise<SentEntry[]>;
  putSent(entry: SentEntry): Promise<void>;
  deleteSent(mid: string): Promise<void>;

  /** What has arrived of a snapshot, from its beginning on. */
  parts(sha256: string): Promise<Part[]>;
  putPart(part: Part): Promise<void>;
  deleteParts(sha256: string): Promise<void>;

  meta<T>(name: MetaName): Promise<T | undefined>;
  setMeta(name: MetaName, value: unknown): Promise<void>;

  /** Forgets everything. */
  clear(): Promise<void>;
}

/** Where the phone keeps what it holds. `storeSuite` proves an implementation. */
export interface Store {
  /**
   * Runs `work` so that all of its writes happen, or none when it throws; writing transactions run one after another.
   * `mode` "read" promises that nothing is written.
   */
  transaction<T>(mode: "read" | "write", work: (tx: Transaction) => Promise<T>): Promise<T>;
}

export interface TransportRequest {
  method: "GET" | "POST" | "DELETE";
  /** From the root: "/v1/sync". */
  path: string;
  headers: { [name: string]: string };
  /** JSON to send, undefined for none. */
  body?: unknown;
  /** Ask for the body's bytes as they are, not JSON. */
  raw?: boolean;
}

export interface TransportAnswer {
  status: number;
  /** Names in lower case. */
  headers: { [name: string]: string };
  /** JSON, or null when there is none; a Uint8Array when `raw` was asked for and the status is below 300. */
  body: unknown;
}

/** An answer that goes on. */
export interface StreamAnswer extends TransportAnswer {
  /** Its text as it comes: ends when the server ends it, rejects when the network breaks; empty when it is a refusal. */
  chunks: AsyncIterable<string>;
}

/** An answer whose bytes are given as they arrive. */
export interface BytesAnswer extends TransportAnswer {
  /** As they came, not unpacked: ends when the answer ends, rejects when the network breaks or falls silent. */
  pieces: AsyncIterable<Uint8Array>;
}

/** The network. Rejects when no answer arrived; any answer at all, 5xx included, resolves. */
export interface Transport {
  send(request: TransportRequest): Promise<TransportAnswer>;
  /** Opens an answer that goes on until `signal`. A network without it gets no pokes, and polls. */
  stream?(request: TransportRequest, signal: AbortSignal): Promise<StreamAnswer>;
  /** Opens an answer that may be long. A network without it takes no snapshots, and pulls row by row. */
  bytes?(request: TransportRequest): Promise<BytesAnswer>;
}

/** Milliseconds since 1970, by this phone. */
export type Clock = () => number;

/** A number from 0 up to but not including 1. */
export type Chance = () => number;

export interface DeviceInfo {
  /** Made once per installation, `[A-Za-z0-9_.-]{1,64}`; an id is never shared between accounts. */
  id: string;
  name: string;
  platform: string;
}
