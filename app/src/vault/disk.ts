/** The vault's rows on the disk: sealed pages, and beside them in clear only what must be known while it is locked. */

import type { Database, Rows } from "../data/database.ts";
import { withRoom } from "../sync/room.ts";
import type { Leaf } from "./pages.ts";
import { type Bytes, openText, sealText } from "./seal.ts";

/** A page as it lies in IndexedDB. `n` is the number of the change that last wrote it. */
export interface SealedPage {
  readonly id: number;
  readonly n: number;
  readonly sealed: Bytes;
}

/** What may be read without the PIN. */
export interface Head {
  /** The vault's own name, made anew with each. */
  readonly vault: string;
  /** The number of the last change. */
  readonly n: number;
  /** How many changes wait to be sent, and how many drafts there are: what a wipe would lose. */
  readonly waiting: number;
  readonly drafts: number;
  /** When everything was last received, in milliseconds since 1970. */
  readonly contact_at: number;
}

/** Pages, and the number of the last change when they were read. */
export interface Sealed {
  readonly vault: string | undefined;
  readonly n: number;
  readonly pages: readonly SealedPage[];
}

export interface Opened {
  readonly n: number;
  readonly leaves: readonly Leaf[];
}

/** Another tab forgot everything here, or made another vault. */
export class GoneError extends Error {
  override name = "GoneError";
}

/** Another tab wrote in between; only a browser without locks can come to that. */
class CrossedError extends Error {
  override name = "CrossedError";
}

export class Disk {
  constructor(
    readonly database: Database,
    readonly vault: string,
    private readonly key: CryptoKey,
  ) {}

  /** The pages that were written after change `n`, and the number of the last change. Throws GoneError, TamperedError. */
  async since(n: number): Promise<Opened> {
    const head = await headOf(this.database);
    if (head?.vault !== this.vault) throw new GoneError();
    return head.n === n ? { n, leaves: [] } : this.opened(await sealedSince(this.database, n));
  }

  async opened({ n, pages }: Pick<Sealed, "n" | "pages">): Promise<Opened> {
    return { n, leaves: await Promise.all(pages.map((page) => this.open(page))) };
  }

  /** Seal the pages, then write them and the head as one. Throws GoneError, CrossedError. */
  async write(leaves: readonly Leaf[], head: Omit<Head, "vault">): Promise<void> {
    const pages = await this.sealed(leaves, head.n);
    const { database } = this;
    const write = (): Promise<void> => database.transaction("readwrite", ["vault", "pages"], async (rows) => {
      const before = await headOf(rows);
      if (before?.vault !== this.vault) throw new GoneError();
      if (before.n !== head.n - 1) throw new CrossedError();
      await putPages(rows, pages);
      await putHead(rows, { ...head, vault: this.vault });
    });
    // Without room nothing of it has happened, so it may be done once more when some was made.
    await withRoom(database, write);
  }

  sealed(leaves: readonly Leaf[], n: number): Promise<SealedPage[]> {
    return Promise.all(leaves.map(async ({ id, text }) => ({ id, n, sealed: await sealText(this.key, placeOf(id, n), text) })));
  }

  seal(place: string, words: string): Promise<Bytes> {
    return sealText(this.key, place, words);
  }

  /** Throws TamperedError. */
  unseal(place: string, sealed: Bytes): Promise<string> {
    return openText(this.key, place, sealed);
  }

  private async open({ id, n, sealed }: SealedPage): Promise<Leaf> {
    return { id, text: await openText(this.key, placeOf(id, n), sealed) };
  }
}

/** What was written after change `n`, still sealed: it may be read before the PIN is known. */
export function sealedSince(database: Database, n: number): Promise<Sealed> {
  return database.transaction("readonly", ["vault", "pages"], async (rows) => {
    const head = await headOf(rows);
    const pages = n < 0 ? await rows.all("pages") : await rows.pagesAfter(n);
    return { vault: head?.vault, n: head?.n ?? -1, pages };
  });
}

export async function headOf(rows: Rows): Promise<Head | undefined> {
  return (await rows.get("vault", "head"))?.value as Head | undefined;
}

export async function putPages(rows: Rows, pages: readonly SealedPage[]): Promise<void> {
  await Promise.all(pages.map((page) => rows.put("pages", page)));
}

export async function putHead(rows: Rows, head: Head): Promise<void> {
  await rows.put("vault", { name: "head", value: head });
}

function placeOf(id: number, n: number): string {
  return `page ${id} of change ${n}`;
}
