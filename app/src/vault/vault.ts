/** The vault of this phone: shut until its PIN is given, made when somebody has signed in, and gone without a trace when it is erased. */

import { type Database, SHELVES } from "../data/database.ts";
import { Disk, type Head, headOf, putHead, putPages, type Sealed, sealedSince } from "./disk.ts";
import { ITERATIONS, type Lock, newLock, opened, relocked } from "./keys.ts";
import { adoptable, dropPlain } from "./plain.ts";
import type { Leaf } from "./pages.ts";
import { type Standing, standingOf } from "./overdue.ts";
import { SealedStore } from "./store.ts";
import { countTry, forgetTries, triesOf, waitMs } from "./tries.ts";

/** open: work can go on. wrong: so many tries are left. wait: not yet, so many milliseconds. erased: there were too many. */
export type Try =
  | { readonly is: "open"; readonly store: SealedStore }
  | { readonly is: "wrong"; readonly left: number; readonly wait_ms: number }
  | { readonly is: "wait"; readonly wait_ms: number }
  | { readonly is: "erased" };

/** Why a phone was cleared though nobody signed out: shut out, too many wrong PINs, too long without a signal, a forgotten PIN. */
export type Cleared = "revoked" | "tries" | "offline" | "forgotten";

const CLEARED = "cleared";
/** Language, size and colours are nobody's secret, and whoever signs in next needs them to read the words. */
const KEPT_LOOK = "kith-look";
const TOO_LATE = "too-late-since";

export interface Around {
  readonly clock: () => number;
  /** Another tab erased the vault. */
  readonly gone: () => void;
  readonly iterations?: number;
}

export class Vault {
  private readonly clock: () => number;
  private readonly iterations: number;
  private prepared: Promise<Sealed> | null = null;

  constructor(
    readonly database: Database,
    private readonly around: Around,
  ) {
    this.clock = around.clock;
    this.iterations = around.iterations ?? ITERATIONS;
  }

  /** Whether a PIN is needed to go on; then what may be known without it. */
  async head(): Promise<Head | null> {
    return (await headOf(this.database)) ?? null;
  }

  /** How long until a PIN may be tried. */
  async waitMs(): Promise<number> {
    return waitMs(await triesOf(this.database), this.clock());
  }

  /** Whether the phone has reached the server of late; it notes since when it is too late. */
  async standing(): Promise<Standing> {
    const [head, seen] = [await this.head(), ((await this.database.get("vault", TOO_LATE))?.value as number | undefined) ?? null];
    if (head === null) return { is: "fine" };
    const standing = standingOf(head.contact_at, seen, this.clock());
    if (standing.is === "overdue" && seen === null) await this.database.put("vault", { name: TOO_LATE, value: this.clock() });
    if ((standing.is === "fine" || standing.is === "soon") && seen !== null) await this.database.delete("vault", TOO_LATE);
    return standing;
  }

  /** Why the phone was cleared last, until somebody has signed in again. */
  async cleared(): Promise<Cleared | null> {
    return ((await this.database.get("settings", CLEARED))?.value as Cleared | undefined) ?? null;
  }

  /** A store without a vault: in memory, with what an app that did not seal yet left on this phone. */
  async unprotected(): Promise<SealedStore> {
    const store = this.newStore();
    store.adopt(await adoptable(this.database));
    if ((await this.cleared()) === "revoked") store.adopt(new Map([["meta", new Map([["wiped", { value: true }]])]]));
    return store;
  }

  /** Put what the store holds, and all that it will, under a PIN. Throws when another tab has made a vault. */
  async protect(store: SealedStore, pin: string): Promise<void> {
    const { lock, key } = await newLock(pin, this.iterations);
    await store.protect(async (leaves, counts) => {
      const head = { ...counts, vault: crypto.randomUUID() };
      const disk = new Disk(this.database, head.vault, key);
      await this.found(disk, lock, leaves, head);
      return disk;
    });
    await this.database.delete("settings", CLEARED);
    await dropPlain(this.database);
  }

  /** Read what is sealed while the person still types. */
  prepare(): Promise<Sealed> {
    this.prepared ??= sealedSince(this.database, -1);
    return this.prepared;
  }

  /** Try a PIN. Throws TamperedError when what is sealed was changed. */
  async unlock(pin: string): Promise<Try> {
    return this.judge(async (lock) => {
      const [key, head] = [await opened(lock, pin), await this.head()];
      if (key === null || head === null) return null;
      const [store, read] = [this.newStore(), await this.prepare()];
      this.prepared = null;
      // Another tab may have made another vault meanwhile.
      const fresh = read.vault === head.vault ? read : await sealedSince(this.database, -1);
      await store.open(new Disk(this.database, head.vault, key), fresh);
      // Whoever died between sealing and deleting left them.
      void dropPlain(this.database);
      return store;
    });
  }

  /** Change the PIN; a wrong old one counts as any wrong PIN does. */
  async change(before: string, after: string, store: SealedStore): Promise<Try> {
    return this.judge(async (lock) => {
      const next = await relocked(lock, before, after, this.iterations);
      if (next === null) return null;
      await this.database.put("vault", { name: "lock", value: next });
      return store;
    });
  }

  /** Erase everything that is kept here, sealed and plain. What stays: the next name of this phone, and why it was cleared. */
  async erase({ why, device = null }: { readonly why: Cleared | null; readonly device?: string | null }): Promise<void> {
    const { database } = this;
    await database.transaction("readwrite", SHELVES, async (rows) => {
      await Promise.all(SHELVES.map((shelf) => rows.clear(shelf)));
      if (device !== null) await rows.put("settings", { name: "device", value: device });
      if (why !== null) await rows.put("settings", { name: CLEARED, value: why });
    });
    await dropPlain(database);
    await eraseBeside();
  }

  private async judge(open: (lock: Lock) => Promise<SealedStore | null>): Promise<Try> {
    const chance = await countTry(this.database, this.clock());
    if (chance.is === "wait") return { is: "wait", wait_ms: chance.ms };
    const lock = (await this.database.get("vault", "lock"))?.value as Lock | undefined;
    const store = chance.is === "counted" && lock ? await open(lock) : null;
    if (store) {
      await forgetTries(this.database);
      return { is: "open", store };
    }
    if (chance.is === "counted" && chance.left > 0) return { is: "wrong", left: chance.left, wait_ms: await this.waitMs() };
    await this.erase({ why: "tries" });
    return { is: "erased" };
  }

  /** Lock, head and pages as one: a phone that dies here has all of the vault, or what it had before. */
  private async found(disk: Disk, lock: Lock, leaves: readonly Leaf[], head: Head): Promise<void> {
    const { database } = this;
    const pages = await disk.sealed(leaves, head.n);
    await database.transaction("readwrite", ["vault", "pages"], async (rows) => {
      if (await headOf(rows)) throw new Error("another window has made a vault");
      await rows.clear("pages");
      await rows.put("vault", { name: "lock", value: lock });
      await putHead(rows, head);
      await putPages(rows, pages);
    });
  }

  private newStore(): SealedStore {
    const erase = (wiped: boolean, device: string | null): Promise<void> => this.erase({ why: wiped ? "revoked" : null, device });
    return new SealedStore({ erase, gone: () => this.around.gone() });
  }
}

/** What a browser keeps for this origin outside IndexedDB, but for the app's own files. */
async function eraseBeside(): Promise<void> {
  if (typeof localStorage !== "undefined") for (const name of Object.keys(localStorage).filter((one) => one !== KEPT_LOOK)) localStorage.removeItem(name);
  if (typeof sessionStorage !== "undefined") sessionStorage.clear();
  if (typeof caches === "undefined") return;
  const names = (await caches.keys()).filter((name) => !name.includes("precache"));
  await Promise.all(names.map((name) => caches.delete(name)));
}

