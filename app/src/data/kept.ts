/** Small things that this phone remembers for its person, such as a filter that was set: sealed as records are. */

import type { SealedStore } from "../vault/store.ts";

const TABLE = "kept";

export class Kept {
  constructor(private readonly store: SealedStore) {}

  get<T>(name: string): Promise<T | undefined> {
    return this.store.run("read", async (tx) => tx.get<{ readonly value: T }>(TABLE, name)?.value);
  }

  put(name: string, value: unknown): Promise<void> {
    return this.store.run("write", async (tx) => tx.set(TABLE, name, { value }));
  }

  /** Put what `change` makes of what is there now, so that two windows add to each other. */
  change<T>(name: string, change: (value: T | undefined) => T): Promise<void> {
    return this.store.run("write", async (tx) => tx.set(TABLE, name, { value: change(tx.get<{ readonly value: T }>(TABLE, name)?.value) }));
  }

  delete(name: string): Promise<void> {
    return this.store.run("write", async (tx) => tx.set(TABLE, name, undefined));
  }
}
