/** The vault of this phone: shut until its PIN is given, made when somebody has signed in, and gone without a trace when it is erased. */

import { type Database, type Rows, type Setting, SHELVES } from "../data/database.ts";
import { isNoRoom } from "../logic/room.ts";
import { withRoom } from "../sync/room.ts";
import { Told } from "../sync/told.ts";
import { Disk, GoneError, type Head, headOf, putHead, putPages, type Sealed, type SealedPage, sealedSince } from "./disk.ts";
import { ITERATIONS, type Lock, newLock, opened, relocked } from "./keys.ts";
import { adoptable, dropPlain } from "./plain.ts";
import type { Leaf } from "./pages.ts";
import { look, type Passed, type Standing } from "./overdue.ts";
import { SealedStore } from "./store.ts";
import { countTry, forgetTries, layOut, triesOf, waitMs } from "./tries.ts";

/**
 * open: work can go on. wrong: so many tries are left. wait: not yet, so many milliseconds. erased: there were too many.
 * full: the phone has no room to count a try, so none was made.
 */
export type Try =
  | { readonly is: "open"; readonly store: SealedStore }
  | { readonly is: "wrong"; readonly left: number; readonly wait_ms: number }
  | { readonly is: "wait"; readonly wait_ms: number }
  | { readonly is: "erased" }
  | { readonly is: "full" };

/** Why a phone was cleared though nobody signed out: shut out, too many wrong PINs, too long without a signal, a forgotten PIN. */
export type Cleared = "revoked" | "tries" | "offline" | "forgotten";

const CLEARED = "cleared";
/** Language, size and colours are nobody's secret, and whoever signs in next needs them to read the words. */
const KEPT_LOOK = "kith-look";
const PASSED = "passed";

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
  /** The lock of the vault that is open here. */
  private lock: Lock | null = null;
  /** The browser deleted what is kept here, and it was written anew from memory. */
  readonly restored = new Told(false);

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

  /** Whether the phone has reached the server of late; each look notes what it sees of time. */
  async standing(): Promise<Standing> {
    const head = await this.head();
    if (head === null) return { is: "fine" };
    const noted = (await this.database.get("vault", PASSED))?.value as Passed | undefined;
    const [standing, passed] = look(noted, head.contact_at, this.clock());
    // A phone that is too full to note a day that was too late shows nothing either, and is not cleared for it.
    if (passed) await this.database.put("vault", { name: PASSED, value: passed }).catch(unlessFull);
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
    this.prepared ??= sealedSince(this.database, -1).catch((error: unknown) => {
      this.prepared = null;
      throw error;
    });
    return this.prepared;
  }

  /** Try a PIN. Throws TamperedError when what is sealed was changed, GoneError when another window erased it. */
  async unlock(pin: string): Promise<Try> {
    return this.judge((lock) => opened(lock, pin), (key) => this.openBy(key));
  }

  /** Change the PIN; a wrong old one counts as any wrong PIN does. */
  async change(before: string, after: string, store: SealedStore): Promise<Try> {
    const { database } = this;
    return this.judge((lock) => relocked(lock, before, after, this.iterations), async (next) => {
      await withRoom(database, () => database.put("vault", { name: "lock", value: next }));
      this.lock = next;
      return store;
    });
  }

  /** Erase everything that is kept here, sealed and plain. What stays: the next name of this phone, that it was cleared, and why. */
  async erase({ why, device = null }: { readonly why: Cleared | null; readonly device?: string | null }): Promise<void> {
    const kept: Setting[] = [...(device === null ? [] : [{ name: "device", value: device }]), { name: CLEARED, value: why }];
    await this.wipe(kept).catch(async (error: unknown) => {
      unlessFull(error);
      // What has to go goes from a full phone too; what may stay is put back if there is room then.
      await this.wipe([]);
      await this.wipe(kept).catch(unlessFull);
    });
    await dropPlain(this.database);
    await eraseBeside();
  }

  private wipe(kept: readonly Setting[]): Promise<void> {
    return this.database.transaction("readwrite", SHELVES, async (rows) => {
      await Promise.all(SHELVES.map((shelf) => rows.clear(shelf)));
      for (const row of kept) await rows.put("settings", row);
    });
  }

  /** Count a try, then see whether the PIN gives the proof; with it, go on. */
  private async judge<Proof>(prove: (lock: Lock) => Promise<Proof | null>, go: (proof: Proof) => Promise<SealedStore>): Promise<Try> {
    if ((await this.head()) === null) throw new GoneError();
    const chance = await countTry(this.database, this.clock());
    if (chance.is === "full") return chance;
    if (chance.is === "wait") return { is: "wait", wait_ms: chance.ms };
    const lock = (await this.database.get("vault", "lock"))?.value as Lock | undefined;
    const proof = chance.is === "counted" && lock ? await prove(lock) : null;
    if (proof !== null) {
      // Before anything else can fail: a right PIN never counts towards the clearing of a phone.
      await forgetTries(this.database);
      this.lock = lock ?? null;
      return { is: "open", store: await go(proof) };
    }
    if (chance.is === "counted" && chance.left > 0) return { is: "wrong", left: chance.left, wait_ms: await this.waitMs() };
    await this.erase({ why: "tries" });
    return { is: "erased" };
  }

  private async openBy(key: CryptoKey): Promise<SealedStore> {
    const [store, head, read] = [this.newStore(), await this.head(), await this.prepare()];
    this.prepared = null;
    if (head === null) throw new GoneError();
    // Another tab may have made another vault meanwhile.
    const fresh = read.vault === head.vault ? read : await sealedSince(this.database, -1);
    await store.open(new Disk(this.database, head.vault, key), fresh);
    // Whoever died between sealing and deleting left them.
    void dropPlain(this.database);
    return store;
  }

  /** Lock, head and pages as one: a phone that dies here has all of the vault, or what it had before. */
  private async found(disk: Disk, lock: Lock, leaves: readonly Leaf[], head: Head): Promise<void> {
    const pages = await disk.sealed(leaves, head.n);
    await this.database.transaction("readwrite", ["vault", "pages"], async (rows) => {
      if (await headOf(rows)) throw new Error("another window has made a vault");
      await putVault(rows, lock, head, pages);
    });
    this.lock = lock;
  }

  /** Write an open vault anew where the browser deleted its database; false when it was erased, as whoever erases leaves word of it. */
  private async restore(disk: Disk, leaves: readonly Leaf[], head: Omit<Head, "vault">): Promise<boolean> {
    const { database, lock } = this;
    const pages = await disk.sealed(leaves, head.n);
    const isBack = await withRoom(database, () => database.transaction("readwrite", ["vault", "pages", "settings"], async (rows) => {
      const there = await headOf(rows);
      if (there) return there.vault === disk.vault;
      if (!lock || (await rows.get("settings", CLEARED))) return false;
      await putVault(rows, lock, { ...head, vault: disk.vault }, pages);
      return true;
    }));
    if (isBack) this.restored.tell(true);
    return isBack;
  }

  private newStore(): SealedStore {
    const erase = (wiped: boolean, device: string | null): Promise<void> => this.erase({ why: wiped ? "revoked" : null, device });
    return new SealedStore({ erase, restore: this.restore.bind(this), gone: () => this.around.gone() });
  }
}

async function putVault(rows: Rows, lock: Lock, head: Head, pages: readonly SealedPage[]): Promise<void> {
  await rows.clear("pages");
  await rows.put("vault", { name: "lock", value: lock });
  await layOut(rows);
  await putHead(rows, head);
  await putPages(rows, pages);
}

function unlessFull(error: unknown): void {
  if (!isNoRoom(error)) throw error;
}

/** What a browser keeps for this origin outside IndexedDB, but for the app's own files. */
async function eraseBeside(): Promise<void> {
  if (typeof localStorage !== "undefined") for (const name of Object.keys(localStorage).filter((one) => one !== KEPT_LOOK)) localStorage.removeItem(name);
  if (typeof sessionStorage !== "undefined") sessionStorage.clear();
  if (typeof caches === "undefined") return;
  const names = (await caches.keys()).filter((name) => !name.includes("precache"));
  await Promise.all(names.map((name) => caches.delete(name)));
}

