/** Drafts: what somebody began and has not saved. They are kept in the vault, as records are. */

import type { SealedStore } from "../vault/store.ts";
import type { Draft } from "./database.ts";

/** A draft, but for when it was written. */
export type Written = Omit<Draft, "updated_at">;

const TABLE = "draft";

export class Drafts {
  constructor(private readonly store: SealedStore) {}

  get(id: string): Promise<Draft | undefined> {
    return this.store.run("read", async (tx) => tx.get<Draft>(TABLE, id));
  }

  /** The newest first. */
  all(): Promise<Draft[]> {
    return this.store.run("read", async (tx) => tx.all<Draft>(TABLE).sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1)));
  }

  count(): Promise<number> {
    return this.store.run("read", async (tx) => tx.size(TABLE));
  }

  put(draft: Draft): Promise<void> {
    return this.store.run("write", async (tx) => tx.set(TABLE, draft.id, draft));
  }

  delete(id: string): Promise<void> {
    return this.store.run("write", async (tx) => tx.set(TABLE, id, undefined));
  }
}
