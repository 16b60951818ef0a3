/** What sending files needs from the world around it: a place for what waits, a network, and who is signed in. */

import type { Problem } from "../sync/wire.ts";

/** A file that waits for its turn. */
export interface QueuedFile {
  /** Of its attachment record. */
  id: string;
  bytes: Uint8Array;
  /** Where its upload goes on, once it has begun. */
  url: string | null;
  queued_at: number;
  /** Why the server will not take it: kept until a person has seen that. */
  refused: Problem | null;
}

/** Where files wait; a phone keeps them on its disk. */
export interface FileStore {
  put(file: QueuedFile): Promise<void>;
  /** In the order in which they were queued. */
  all(): Promise<QueuedFile[]>;
  remove(id: string): Promise<void>;
}

export interface FileRequest {
  method: "POST" | "HEAD" | "PATCH";
  path: string;
  headers: { [name: string]: string };
  bytes?: Uint8Array;
}

export interface FileAnswer {
  status: number;
  /** Names in lower case. */
  headers: { [name: string]: string };
  /** The problem of a refusal, null when there is none. */
  problem: Problem | null;
}

/** The network. Rejects when no answer arrived. */
export interface FileNetwork {
  send(request: FileRequest): Promise<FileAnswer>;
}

/** Who is signed in. */
export interface FileSession {
  /** The access token of now, null when nobody is signed in. */
  token(): Promise<string | null>;
  /** Gets a new one; throws when that cannot be. */
  renew(): Promise<void>;
}

export interface FileReport {
  sent: string[];
  /** They wait for their record to be pushed, or for a better signal. */
  waiting: string[];
  /** The server will not take them: people must see why, and then `retry` or `discard`. */
  refused: { id: string; problem: Problem }[];
}
