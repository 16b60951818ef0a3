/**
 * The sync client's store: in memory while the vault is open, sealed on the disk. A transaction works in memory; what it
 * wrote is sealed and then written in one piece, so that IndexedDB never waits for WebCrypto, and it has happened once
 * it is on the disk. Until somebody has chosen a PIN there is no disk.
 */

import type { Store, Transaction } from "@contract/sync/ports.ts";
import { type Disk, GoneError, type Head, type Opened, type Sealed } from "./disk.ts";
import { type Leaf, Pages } from "./pages.ts";
import type { Bytes } from "./seal.ts";
import { changed, type Changes, tableOf, type Tables } from "./tables.ts";
import { FILE, SealedTransaction } from "./transaction.ts";

const LOCK = "kith-store";

class LockedError extends Error {
  override name = "LockedError";
}

export interface Around {
  /** Erase the disk, because a transaction forgets everything: shut out or not, and the next name of this phone are all that may stay. */
  readonly erase: (wiped: boolean, device: string | null) => Promise<void>;
  /** Lay the pages down anew where the browser has deleted the disk; false when another tab erased it. */
  readonly restore: (disk: Disk, leaves: readonly Leaf[], head: Omit<Head, "vault">) => Promise<boolean>;
  /** Another tab erased the disk. */
  readonly gone: () => void;
}

export class SealedStore implements Store {
  private tables: Tables = new Map();
  private pages = new Pages();
  private disk: Disk | null = null;
  /** The number of the last change that the memory knows of; -1 when it must be read again. */
  private n = -1;
  private isOpen = true;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly around: Around) {}

  /** Whether what is written is kept on the disk. */
  get isKept(): boolean {
    return this.disk !== null;
  }

  /** Begin with the rows of an app that did not seal yet. */
  adopt(changes: Changes): void {
    this.tables = changed(this.tables, changes);
  }

  /** Open what a disk holds; `read`: what was read of it before the key was known. Throws TamperedError, GoneError. */
  async open(disk: Disk, read: Sealed): Promise<void> {
    this.disk = disk;
    this.take(await disk.opened(read));
    await this.follow();
  }

  /** Put everything on a new disk, by `write`, while nothing else is written. */
  protect(write: (pages: ReturnType<Pages["lay"]>, head: Omit<Head, "vault">) => Promise<Disk>): Promise<void> {
    return this.alone(async () => {
      const pages = new Pages();
      const leaves = pages.lay(this.tables);
      this.disk = await write(leaves, { n: 0, ...countsOf(this.tables) });
      [this.pages, this.n] = [pages, 0];
    });
  }

  /** Seal words for a place that is no page of the disk. */
  seal(place: string, words: string): Promise<Bytes> {
    return this.onDisk().seal(place, words);
  }

  /** Throws TamperedError. */
  unseal(place: string, sealed: Bytes): Promise<string> {
    return this.onDisk().unseal(place, sealed);
  }

  /** Forget the memory, once it is sure to be on the disk. Nothing can be read or written here any more. */
  async close(): Promise<void> {
    await this.run("read", async () => undefined).catch(() => undefined);
    await this.settled();
    this.isOpen = false;
    [this.tables, this.pages, this.disk] = [new Map(), new Pages(), null];
  }

  /** Wait until what was begun is written. */
  async settled(): Promise<void> {
    await this.queue.catch(() => undefined);
  }

  async transaction<T>(mode: "read" | "write", work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run(mode, work as (tx: SealedTransaction) => Promise<T>);
  }

  /** As `transaction`, with the tables that are the phone's own. */
  async run<T>(mode: "read" | "write", work: (tx: SealedTransaction) => Promise<T>): Promise<T> {
    if (mode === "write") return this.alone(() => this.write(work));
    this.mustBeOpen();
    // Who reads waits for what this page has begun to write, as everybody does who asks a database.
    await this.settled();
    await this.follow().catch((error: unknown) => this.alone(() => this.recover(error)));
    return work(new SealedTransaction(this.tables));
  }

  private async write<T>(work: (tx: SealedTransaction) => Promise<T>): Promise<T> {
    await this.follow().catch((error: unknown) => this.recover(error));
    const tx = new SealedTransaction(this.tables);
    const result = await work(tx);
    this.mustBeOpen();
    if (tx.isCleared) await this.forget(tx);
    else if (tx.changes.size > 0) await this.commit(tx.changes);
    return result;
  }

  private async commit(changes: Changes): Promise<void> {
    const next = changed(this.tables, changes);
    if (this.disk) await this.keep(this.disk, changes, next);
    this.tables = next;
  }

  private async keep(disk: Disk, changes: Changes, next: Tables): Promise<void> {
    const n = this.n + 1;
    try {
      await disk.write(this.pages.lay(changes), { n, ...countsOf(next) });
      this.n = n;
    } catch (error) {
      // The pages are laid out as they did not come about: read them again from the disk.
      [this.pages, this.n] = [new Pages(), -1];
      throw error;
    }
  }

  private async forget(tx: SealedTransaction): Promise<void> {
    const [wiped, device] = [await tx.meta<boolean>("wiped"), await tx.meta<string>("device")];
    await this.around.erase(wiped ?? false, device ?? null);
    [this.disk, this.pages, this.n] = [null, new Pages(), -1];
    this.tables = changed(new Map(), tx.changes);
  }

  /** Take in what other tabs have written since. */
  private async follow(): Promise<void> {
    const { disk } = this;
    if (!disk) return;
    const read = await disk.since(this.n);
    if (disk === this.disk) this.take(read);
  }

  /** A vault that is not on the disk any more is still in memory: unless it was erased, all of it is written once more. */
  private async recover(error: unknown): Promise<void> {
    if (!(error instanceof GoneError) || !this.disk) throw error;
    const head = { n: Math.max(this.n, 0) + 1, ...countsOf(this.tables) };
    // Rows stay on their pages, as other windows know them.
    const leaves = this.n === -1 ? new Pages().lay(this.tables) : this.pages.all();
    if (!(await this.around.restore(this.disk, leaves, head))) {
      this.around.gone();
      throw error;
    }
    // Another window may have been faster.
    [this.pages, this.n] = [new Pages(), -1];
    await this.follow();
  }

  private take({ n, leaves }: Opened): void {
    if (n <= this.n) return;
    const before = this.n === -1 ? new Map() : this.tables;
    this.tables = changed(before, this.pages.turn(leaves));
    this.n = n;
  }

  /** One after the other, in all tabs. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    this.mustBeOpen();
    const hasLocks = typeof navigator !== "undefined" && "locks" in navigator;
    const turn = this.queue.catch(() => undefined).then(() => (hasLocks ? (navigator.locks.request(LOCK, work) as Promise<T>) : work()));
    this.queue = turn;
    return turn;
  }

  private onDisk(): Disk {
    if (!this.disk) throw new LockedError();
    return this.disk;
  }

  private mustBeOpen(): void {
    if (!this.isOpen) throw new LockedError();
  }
}

/** What the head tells of the tables. Before the first full sync nothing is old yet. */
function countsOf(tables: Tables): Omit<Head, "vault" | "n"> {
  const synced = (tableOf(tables, "meta").get("synced_at") as { readonly value: string | null } | undefined)?.value;
  return {
    waiting: tableOf(tables, "outbox").size + filesBeside(tables),
    drafts: tableOf(tables, "draft").size,
    contact_at: synced ? Date.parse(synced) : Date.now(),
  };
}

/** Files that wait though their record does not. */
function filesBeside(tables: Tables): number {
  const told = new Set([...tableOf(tables, "outbox").values()].map((entry) => (entry as { readonly id: string }).id));
  return [...tableOf(tables, FILE).keys()].filter((id) => !told.has(id)).length;
}
