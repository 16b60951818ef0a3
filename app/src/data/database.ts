/** The phone's database: the vault's sealed pages, and in clear only what tells nothing of anybody. */

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { SealedPage } from "../vault/disk.ts";
import type { Spare } from "../vault/tries.ts";

export interface Draft {
  readonly id: string;
  readonly values: { readonly [field: string]: unknown };
  readonly step: string;
  readonly updated_at: string;
}

export interface KeptPack {
  readonly id: "pack";
  readonly version: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  readonly fetched_at: string;
  /** When the server last named it as the one to use. */
  readonly confirmed_at: string;
}

/** Of the phone, not of anybody: how it looks, speaks and locks. It is read before the PIN, so nothing personal belongs here. */
export interface Setting {
  readonly name: string;
  readonly value: unknown;
}

interface Shelves extends DBSchema {
  pages: { key: number; value: SealedPage; indexes: { n: number } };
  vault: { key: string; value: { readonly name: "head" | "lock" | "tries" | "passed" | Spare; readonly value: unknown } };
  packs: { key: string; value: KeptPack };
  settings: { key: string; value: Setting };
}

export type Shelf = StoreNames<Shelves>;
type Row<S extends Shelf> = Shelves[S]["value"];
type Key<S extends Shelf> = Shelves[S]["key"];

export const SHELVES: readonly Shelf[] = ["pages", "vault", "packs", "settings"];

/** What can be done with rows, each on its own or together in a transaction. */
export interface Rows {
  get<S extends Shelf>(shelf: S, key: Key<S>): Promise<Row<S> | undefined>;
  all<S extends Shelf>(shelf: S): Promise<Row<S>[]>;
  /** The pages that were written after change `n`. */
  pagesAfter(n: number): Promise<SealedPage[]>;
  put<S extends Shelf>(shelf: S, row: Row<S>): Promise<void>;
  delete<S extends Shelf>(shelf: S, key: Key<S>): Promise<void>;
  clear(shelf: Shelf): Promise<void>;
}

/** The number that the first version has had in browsers since it was made with another library. */
const VERSION = 10;

export class Database implements Rows {
  private opened: Promise<IDBPDatabase<Shelves>> | null = null;

  constructor(readonly name = "kith-sealed") {}

  /**
   * Runs `work` so that all of its writes happen and outlive a battery that dies, or none when it throws. Inside, await
   * nothing but the rows that it is given.
   */
  async transaction<T>(mode: "readonly" | "readwrite", shelves: readonly Shelf[], work: (rows: Rows) => Promise<T>): Promise<T> {
    const tx = (await this.open()).transaction([...shelves], mode as "readwrite", { durability: "strict" });
    // A failed row ends the transaction, which tells of it twice: by the row and by the end.
    const ended = tx.done.catch((error: unknown) => error);
    try {
      const result = await work(rowsOf(tx));
      const failure = await ended;
      if (failure) throw failure;
      return result;
    } catch (error) {
      abort(tx);
      await ended;
      throw error;
    }
  }

  get<S extends Shelf>(shelf: S, key: Key<S>): Promise<Row<S> | undefined> {
    return this.transaction("readonly", [shelf], (rows) => rows.get(shelf, key));
  }

  all<S extends Shelf>(shelf: S): Promise<Row<S>[]> {
    return this.transaction("readonly", [shelf], (rows) => rows.all(shelf));
  }

  pagesAfter(n: number): Promise<SealedPage[]> {
    return this.transaction("readonly", ["pages"], (rows) => rows.pagesAfter(n));
  }

  put<S extends Shelf>(shelf: S, row: Row<S>): Promise<void> {
    return this.transaction("readwrite", [shelf], (rows) => rows.put(shelf, row));
  }

  delete<S extends Shelf>(shelf: S, key: Key<S>): Promise<void> {
    return this.transaction("readwrite", [shelf], (rows) => rows.delete(shelf, key));
  }

  clear(shelf: Shelf): Promise<void> {
    return this.transaction("readwrite", [shelf], (rows) => rows.clear(shelf));
  }

  private open(): Promise<IDBPDatabase<Shelves>> {
    this.opened ??= this.connect().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }

  /** A connection that the browser ends, or that stands in another window's way, is opened anew when it is next needed. */
  private async connect(): Promise<IDBPDatabase<Shelves>> {
    const forget = (): void => void (this.opened = null);
    const database: IDBPDatabase<Shelves> = await openDB<Shelves>(this.name, VERSION, {
      upgrade: (made) => {
        made.createObjectStore("pages", { keyPath: "id" }).createIndex("n", "n");
        for (const shelf of ["vault", "settings"] as const) made.createObjectStore(shelf, { keyPath: "name" });
        made.createObjectStore("packs", { keyPath: "id" });
      },
      blocking: () => {
        forget();
        database.close();
      },
      terminated: forget,
    });
    return database;
  }
}

type Tx = IDBPTransaction<Shelves, Shelf[], "readwrite">;

function rowsOf(tx: Tx): Rows {
  return {
    get: (shelf, key) => tx.objectStore(shelf).get(key),
    all: (shelf) => tx.objectStore(shelf).getAll(),
    pagesAfter: (n) => tx.objectStore("pages").index("n").getAll(IDBKeyRange.lowerBound(n, true)),
    put: async (shelf, row) => void (await tx.objectStore(shelf).put(row)),
    delete: (shelf, key) => tx.objectStore(shelf).delete(key),
    clear: (shelf) => tx.objectStore(shelf).clear(),
  };
}

function abort(tx: Tx): void {
  try {
    tx.abort();
  } catch {
    // It had ended already.
  }
}
