/** Files that wait to be sent, such as a drawn signature: kept in the vault until they are. */

import type { FileStore, QueuedFile } from "@contract/files/index.ts";
import type { SealedStore } from "../vault/store.ts";

const TABLE = "file";

export class SealedFiles implements FileStore {
  constructor(private readonly store: SealedStore) {}

  put(file: QueuedFile): Promise<void> {
    return this.store.run("write", async (tx) => tx.set(TABLE, file.id, file));
  }

  all(): Promise<QueuedFile[]> {
    return this.store.run("read", async (tx) => tx.all<QueuedFile>(TABLE).sort((a, b) => a.queued_at - b.queued_at).map((file) => ({ ...file })));
  }

  remove(id: string): Promise<void> {
    return this.store.run("write", async (tx) => tx.set(TABLE, id, undefined));
  }
}
