/** The sync client's store on Dexie. Forgetting everything takes the drafts, the pack and the settings with it. */

import { Dexie } from "dexie";
import type { AttentionEntry, MetaName, OutboxEntry, Part, SentEntry, Store, StoredRecord, Transaction } from "@contract/sync/ports.ts";
import type { Database } from "./database.ts";

export class DexieStore implements Store {
  constructor(private readonly database: Database) {}

  transaction<T>(mode: "read" | "write", work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { database } = this;
    // A zone of its own: a transaction that somebody else has open must never become this one's.
    return Dexie.ignoreTransaction(() =>
      // Dexie follows native awaits only within a function that it can see to be async.
      database.transaction(mode === "read" ? "r" : "rw", database.tables, async () => work(new DexieTransaction(database))),
    ) as Promise<T>;
  }
}

class DexieTransaction implements Transaction {
  constructor(private readonly database: Database) {}

  record(kind: string, id: string): Promise<StoredRecord | undefined> {
    return this.database.records.get([kind, id]);
  }

  records(kind: string): Promise<StoredRecord[]> {
    return this.database.records.where("[kind+id]").between([kind, Dexie.minKey], [kind, Dexie.maxKey]).toArray();
  }

  recordsInScope(scope: string): Promise<StoredRecord[]> {
    return this.database.records.where("scopes").equals(scope).toArray();
  }

  recordsBefore(generation: number): Promise<StoredRecord[]> {
    return this.database.records.where("generation").below(generation).toArray();
  }

  async putRecord(record: StoredRecord): Promise<void> {
    await this.database.records.put(record);
  }

  deleteRecord(kind: string, id: string): Promise<void> {
    return this.database.records.delete([kind, id]);
  }

  countRecords(): Promise<number> {
    return this.database.records.count();
  }

  outbox(): Promise<OutboxEntry[]> {
    return this.database.outbox.orderBy("order").toArray();
  }

  outboxOf(kind: string, id?: string): Promise<OutboxEntry[]> {
    const entries = this.database.outbox.where("[kind+id]");
    const found = id === undefined ? entries.between([kind, Dexie.minKey], [kind, Dexie.maxKey]) : entries.equals([kind, id]);
    return found.sortBy("order");
  }

  async putOutbox(entry: OutboxEntry): Promise<void> {
    await this.database.outbox.put(entry);
  }

  deleteOutbox(mid: string): Promise<void> {
    return this.database.outbox.delete(mid);
  }

  attention(): Promise<AttentionEntry[]> {
    return this.database.attention.orderBy("order").toArray();
  }

  async putAttention(entry: AttentionEntry): Promise<void> {
    await this.database.attention.put(entry);
  }

  deleteAttention(mid: string): Promise<void> {
    return this.database.attention.delete(mid);
  }

  sent(): Promise<SentEntry[]> {
    return this.database.sent.orderBy("order").toArray();
  }

  async putSent(entry: SentEntry): Promise<void> {
    await this.database.sent.put(entry);
  }

  deleteSent(mid: string): Promise<void> {
    return this.database.sent.delete(mid);
  }

  parts(sha256: string): Promise<Part[]> {
    return this.piecesOf(sha256).toArray();
  }

  async putPart(part: Part): Promise<void> {
    await this.database.parts.put(part);
  }

  async deleteParts(sha256: string): Promise<void> {
    await this.piecesOf(sha256).delete();
  }

  private piecesOf(sha256: string) {
    return this.database.parts.where("[sha256+at]").between([sha256, Dexie.minKey], [sha256, Dexie.maxKey]);
  }

  async meta<T>(name: MetaName): Promise<T | undefined> {
    return (await this.database.meta.get(name))?.value as T | undefined;
  }

  async setMeta(name: MetaName, value: unknown): Promise<void> {
    await this.database.meta.put({ name, value });
  }

  async clear(): Promise<void> {
    await Promise.all(this.database.tables.map((table) => table.clear()));
  }
}
