/** Files that wait to be sent, such as a drawn signature: kept in the vault until they are. */

import type { FileStore, QueuedFile } from "@contract/files/index.ts";
import type { SealedStore } from "../vault/store.ts";
import { FILE, type KeptFile } from "../vault/transaction.ts";

export class SealedFiles implements FileStore {
  constructor(private readonly store: SealedStore) {}

  /** Whoever sends a file began before its record may have gone, and does not know of that. */
  put(file: QueuedFile): Promise<void> {
    return this.store.run("write", async (tx) => tx.set(FILE, file.id, { ...tx.get<KeptFile>(FILE, file.id), ...file }));
  }

  all(): Promise<KeptFile[]> {
    return this.store.run("read", async (tx) => tx.all<KeptFile>(FILE).sort((a, b) => a.queued_at - b.queued_at).map((file) => ({ ...file })));
  }

  remove(id: string): Promise<void> {
    return this.store.run("write", async (tx) => tx.set(FILE, id, undefined));
  }
}
