/** A small durable place beside an app's records: the session, the cursor, what is on its way. */

import type { Store, Transaction } from "../../typescript/sync/ports.ts";

/** Values are plain JSON. What was set is there after a restart, or the promises of sync do not hold. */
export interface Keep {
  get<T>(name: string): Promise<T | undefined>;
  set(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Forgets with the process: for tests and for trying things out. */
export class MemoryKeep implements Keep {
  private readonly values = new Map<string, string>();

  async get<T>(name: string): Promise<T | undefined> {
    const text = this.values.get(name);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  async set(name: string, value: unknown): Promise<void> {
    this.values.set(name, JSON.stringify(value));
  }

  async remove(name: string): Promise<void> {
    this.values.delete(name);
  }
}

/** As much of the sync client's store as its messenger needs. */
export function sessionStore(keep: Keep): Store {
  const meta = { meta: (name: string) => keep.get(name), setMeta: (name: string, value: unknown) => keep.set(name, value) };
  return { transaction: (_mode, work) => work(meta as unknown as Transaction) };
}

/** Runs one piece of work after the other. */
export class Turn {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
