/** Vaults for tests: on an IndexedDB in memory, with few iterations, as their number makes nothing truer. */

import "fake-indexeddb/auto";
import { Database, SHELVES } from "../../src/data/database.ts";
import type { SealedStore } from "../../src/vault/store.ts";
import type { StoredRecord } from "@contract/sync/ports.ts";
import { Vault } from "../../src/vault/vault.ts";

export const PIN = "274916";

export class Phone {
  now = 1_790_000_000_000;
  gone = 0;
  vault: Vault;

  constructor(readonly name: string) {
    this.vault = this.started();
  }

  /** The app as it is after it was killed: what was in memory is gone. */
  started(): Vault {
    const around = { clock: () => this.now, gone: () => void (this.gone += 1), iterations: 10 };
    this.vault = new Vault(new Database(this.name), around);
    return this.vault;
  }

  /** A store under the PIN. */
  async protectedStore(): Promise<SealedStore> {
    const store = await this.vault.unprotected();
    await this.vault.protect(store, PIN);
    return store;
  }

  async unlocked(pin = PIN): Promise<SealedStore> {
    const tried = await this.started().unlock(pin);
    if (tried.is !== "open") throw new Error(`the vault stays shut: ${tried.is}`);
    return tried.store;
  }

  /** All that lies in IndexedDB, as one text. */
  async disk(): Promise<string> {
    const { database } = this.vault;
    const tables = await Promise.all(SHELVES.map((shelf) => database.all(shelf)));
    return JSON.stringify(tables, (_, value: unknown) => (value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value));
  }
}

/** Let every page that is written in a transaction fail, after what was written before it; gives what ends that. */
export function failingPages(database: Database, message: string): () => void {
  const sound = database.transaction.bind(database);
  database.transaction = (mode, shelves, work) =>
    sound(mode, shelves, (rows) =>
      work({ ...rows, put: (shelf, row) => (shelf === "pages" ? Promise.reject(new Error(message)) : rows.put(shelf, row)) }),
    );
  return () => void (database.transaction = sound);
}

let made = 0;

export function newPhone(): Phone {
  made += 1;
  return new Phone(`phone-${made}-sealed`);
}

export const ADA: StoredRecord = { kind: "person", id: "p1", version: 1, doc: { given_name: "Ada" }, scopes: [], generation: 0 };
/** Another PIN. */
export const WRONG = "918273";
export const HOUR_MS = 3_600_000;

export async function filled(): Promise<Phone> {
  const phone = newPhone();
  const store = await phone.protectedStore();
  await store.transaction("write", (tx) => tx.putRecord(ADA));
  return phone;
}

export async function kindOf(phone: Phone, pin: string): Promise<string> {
  return (await phone.started().unlock(pin)).is;
}
