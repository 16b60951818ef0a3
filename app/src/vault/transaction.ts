/** One transaction: what it writes lies over the tables that it began with, until the store keeps all of it or nothing. */

import type { QueuedFile } from "@contract/files/index.ts";
import type { AttentionEntry, MetaName, OutboxEntry, Part, SentEntry, StoredRecord, Transaction } from "@contract/sync/ports.ts";
import { copied } from "@contract/sync/copy.ts";
import { frozen, type Row, type Table, tableOf, type Tables } from "./tables.ts";

const RECORD = "record ";
export const FILE = "file";

/** A file that waits; `parted` once the server took its record from this phone. */
export interface KeptFile extends QueuedFile {
  readonly parted?: true;
}

export class SealedTransaction implements Transaction {
  readonly changes = new Map<string, Map<string, Row | undefined>>();
  /** Everything that was there before is forgotten. */
  isCleared = false;

  constructor(private tables: Tables) {}

  async record(kind: string, id: string): Promise<StoredRecord | undefined> {
    const found = this.get<StoredRecord>(RECORD + kind, id);
    return found && loose(found);
  }

  async records(kind: string): Promise<StoredRecord[]> {
    return this.all<StoredRecord>(RECORD + kind).sort(byId).map(loose);
  }

  async recordsInScope(scope: string): Promise<StoredRecord[]> {
    return this.everyRecord().filter(({ scopes }) => scopes.includes(scope)).sort(byId).map(loose);
  }

  async recordsBefore(generation: number): Promise<StoredRecord[]> {
    return this.everyRecord().filter((record) => record.generation < generation).sort(byId).map(loose);
  }

  async putRecord(record: StoredRecord): Promise<void> {
    this.set(RECORD + record.kind, record.id, record);
  }

  /** The record of a file may go to another team before the file was sent: what is known of that is kept with the file. */
  async deleteRecord(kind: string, id: string): Promise<void> {
    this.set(RECORD + kind, id, undefined);
    const file = kind === "attachment" ? this.get<KeptFile>(FILE, id) : undefined;
    if (file) this.set(FILE, id, { ...file, parted: true });
  }

  async countRecords(): Promise<number> {
    return this.recordTables().reduce((sum, name) => sum + this.size(name), 0);
  }

  async outbox(): Promise<OutboxEntry[]> {
    return this.ordered<OutboxEntry>("outbox");
  }

  async outboxOf(kind: string, id?: string): Promise<OutboxEntry[]> {
    return this.ordered<OutboxEntry>("outbox").filter((entry) => entry.kind === kind && (id === undefined || entry.id === id));
  }

  async putOutbox(entry: OutboxEntry): Promise<void> {
    this.set("outbox", entry.mid, entry);
  }

  async deleteOutbox(mid: string): Promise<void> {
    this.set("outbox", mid, undefined);
  }

  async attention(): Promise<AttentionEntry[]> {
    return this.ordered<AttentionEntry>("attention");
  }

  async putAttention(entry: AttentionEntry): Promise<void> {
    this.set("attention", entry.mid, entry);
  }

  async deleteAttention(mid: string): Promise<void> {
    this.set("attention", mid, undefined);
  }

  async sent(): Promise<SentEntry[]> {
    return this.ordered<SentEntry>("sent");
  }

  async putSent(entry: SentEntry): Promise<void> {
    this.set("sent", entry.mid, entry);
  }

  async deleteSent(mid: string): Promise<void> {
    this.set("sent", mid, undefined);
  }

  async parts(sha256: string): Promise<Part[]> {
    return this.all<Part>("part").filter((part) => part.sha256 === sha256).sort((one, other) => one.at - other.at);
  }

  async putPart(part: Part): Promise<void> {
    this.set("part", `${part.sha256} ${part.at}`, part);
  }

  async deleteParts(sha256: string): Promise<void> {
    for (const { at } of await this.parts(sha256)) this.set("part", `${sha256} ${at}`, undefined);
  }

  async meta<T>(name: MetaName): Promise<T | undefined> {
    return copied(this.get<{ value: T }>("meta", name)?.value);
  }

  async setMeta(name: MetaName, value: unknown): Promise<void> {
    this.set("meta", name, { value });
  }

  async clear(): Promise<void> {
    this.tables = new Map();
    this.changes.clear();
    this.isCleared = true;
  }

  get<T extends Row>(table: string, key: string): T | undefined {
    const own = this.changes.get(table);
    return (own?.has(key) ? own.get(key) : tableOf(this.tables, table).get(key)) as T | undefined;
  }

  /** The rows of a table; shared and frozen, in no order. */
  all<T extends Row>(table: string): T[] {
    return [...this.whole(table).values()] as T[];
  }

  /** `undefined` takes the row away. What is put is copied. */
  set(table: string, key: string, row: Row | undefined): void {
    const own = this.changes.get(table) ?? new Map<string, Row | undefined>();
    this.changes.set(table, own.set(key, row === undefined ? undefined : frozen(structuredClone(row))));
  }

  size(table: string): number {
    return this.whole(table).size;
  }

  private whole(table: string): Table {
    const before = tableOf(this.tables, table);
    const own = this.changes.get(table);
    if (!own) return before;
    const whole = new Map(before);
    for (const [key, row] of own) {
      if (row === undefined) whole.delete(key);
      else whole.set(key, row);
    }
    return whole;
  }

  private recordTables(): string[] {
    return [...new Set([...this.tables.keys(), ...this.changes.keys()])].filter((name) => name.startsWith(RECORD));
  }

  private everyRecord(): StoredRecord[] {
    return this.recordTables().flatMap((name) => this.all<StoredRecord>(name));
  }

  private ordered<E extends OutboxEntry>(table: string): E[] {
    return this.all<E>(table).sort((one, other) => one.order - other.order).map((entry) => ({ ...entry }));
  }
}

/** A record whose first layers may be written on: what lies deeper is shared by all who read it, and frozen. */
function loose(record: StoredRecord): StoredRecord {
  return { ...record, doc: { ...record.doc } };
}

function byId(one: StoredRecord, other: StoredRecord): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}
