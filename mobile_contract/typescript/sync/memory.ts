/** A store in memory: for tests, and the plainest statement of what a store does. */

import { copied } from "./copy.ts";
import type {
  AttentionEntry, MetaName, OutboxEntry, Part, SentEntry, Store, StoredRecord, Transaction,
} from "./ports.ts";

interface State {
  records: Map<string, StoredRecord>;
  outbox: Map<string, OutboxEntry>;
  attention: Map<string, AttentionEntry>;
  sent: Map<string, SentEntry>;
  parts: Map<string, Part>;
  meta: Map<string, unknown>;
}

export class MemoryStore implements Store {
  private state: State = empty();
  private queue: Promise<unknown> = Promise.resolve();

  transaction<T>(_mode: "read" | "write", work: (tx: Transaction) => Promise<T>): Promise<T> {
    const run = async () => {
      const draft = copy(this.state);
      const result = await work(new MemoryTransaction(draft));
      this.state = draft;
      return result;
    };
    const turn = this.queue.then(run, run);
    this.queue = turn;
    return turn;
  }
}

class MemoryTransaction implements Transaction {
  private readonly state: State;

  constructor(state: State) {
    this.state = state;
  }

  async record(kind: string, id: string) {
    return copied(this.state.records.get(key(kind, id)));
  }
  async records(kind: string) {
    return this.chosen((record) => record.kind === kind);
  }
  async recordsInScope(scope: string) {
    return this.chosen((record) => record.scopes.includes(scope));
  }
  async recordsBefore(generation: number) {
    return this.chosen((record) => record.generation < generation);
  }
  async putRecord(record: StoredRecord) {
    this.state.records.set(key(record.kind, record.id), copied(record));
  }
  async deleteRecord(kind: string, id: string) {
    this.state.records.delete(key(kind, id));
  }
  async countRecords() {
    return this.state.records.size;
  }

  async outbox() {
    return ordered(this.state.outbox);
  }
  async outboxOf(kind: string, id?: string) {
    return ordered(this.state.outbox).filter((entry) => entry.kind === kind && (id === undefined || entry.id === id));
  }
  async putOutbox(entry: OutboxEntry) {
    this.state.outbox.set(entry.mid, copied(entry));
  }
  async deleteOutbox(mid: string) {
    this.state.outbox.delete(mid);
  }

  async attention() {
    return ordered(this.state.attention);
  }
  async putAttention(entry: AttentionEntry) {
    this.state.attention.set(entry.mid, copied(entry));
  }
  async deleteAttention(mid: string) {
    this.state.attention.delete(mid);
  }

  async sent() {
    return ordered(this.state.sent);
  }
  async putSent(entry: SentEntry) {
    this.state.sent.set(entry.mid, copied(entry));
  }
  async deleteSent(mid: string) {
    this.state.sent.delete(mid);
  }

  async parts(sha256: string) {
    const found = [...this.state.parts.values()].filter((part) => part.sha256 === sha256);
    return copied(found.sort((one, other) => one.at - other.at));
  }
  async putPart(part: Part) {
    this.state.parts.set(key(part.sha256, String(part.at)), copied(part));
  }
  async deleteParts(sha256: string) {
    for (const [name, part] of this.state.parts) if (part.sha256 === sha256) this.state.parts.delete(name);
  }

  async meta<T>(name: MetaName) {
    return copied(this.state.meta.get(name)) as T | undefined;
  }
  async setMeta(name: MetaName, value: unknown) {
    this.state.meta.set(name, copied(value));
  }

  async clear() {
    Object.assign(this.state, empty());
  }

  private chosen(wanted: (record: StoredRecord) => boolean): StoredRecord[] {
    const found = [...this.state.records.values()].filter(wanted);
    return copied(found.sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)));
  }
}

function empty(): State {
  return { records: new Map(), outbox: new Map(), attention: new Map(), sent: new Map(), parts: new Map(), meta: new Map() };
}

/** Entries are replaced, never changed in place, so copying the maps is enough to be able to go back. */
function copy(state: State): State {
  return {
    records: new Map(state.records), outbox: new Map(state.outbox), attention: new Map(state.attention),
    sent: new Map(state.sent), parts: new Map(state.parts), meta: new Map(state.meta),
  };
}

function ordered<E extends OutboxEntry>(entries: Map<string, E>): E[] {
  return copied([...entries.values()].sort((one, other) => one.order - other.order));
}

function key(kind: string, id: string): string {
  return `${kind}/${id}`;
}
