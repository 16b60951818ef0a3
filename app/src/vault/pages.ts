/**
 * Pages: rows are sealed some at a time, so that opening thousands takes a hundred decryptions, and so that the disk
 * tells neither what a row is, nor how many there are. A row stays on its page; a page that a change touches is written anew.
 */

import { type Changes, frozen, type Row } from "./tables.ts";

/** A page takes no more rows when it has so many of them, or so many characters. */
const FULL_ROWS = 64;
const FULL_CHARS = 64_000;

/** A row with its table and key. */
type Entry = readonly [table: string, key: string, row: Row];

/** Which rows lie on a page; `chars` is how long it was when it was last written. */
interface Page {
  readonly group: string;
  readonly rows: Map<string, Entry>;
  chars: number;
}

/** A page as it is sealed. */
export interface Leaf {
  readonly id: number;
  readonly text: string;
}

export class Pages {
  private readonly pages = new Map<number, Page>();
  private readonly places = new Map<string, number>();
  /** The page of each group that still takes rows. */
  private readonly open = new Map<string, number>();
  private last = 0;

  /** Lay the changes down; gives the pages to write. */
  lay(changes: Changes): Leaf[] {
    const touched = new Set<number>();
    for (const [table, rows] of changes) {
      for (const [key, row] of rows) {
        const id = row === undefined ? this.take(table, key) : this.put(table, key, row);
        if (id !== undefined) touched.add(id);
      }
    }
    return [...touched].map((id) => this.leaf(id));
  }

  /** Every page as it is. */
  all(): Leaf[] {
    return [...this.pages.keys()].map((id) => this.leaf(id));
  }

  /** Take pages in as they were sealed, in place of what this knew of them; gives what changes by that. */
  turn(leaves: readonly Leaf[]): Changes {
    const changes = new Map<string, Map<string, Row | undefined>>();
    const note = (table: string, key: string, row: Row | undefined): void => {
      const rows = changes.get(table) ?? new Map<string, Row | undefined>();
      changes.set(table, rows.set(key, row));
    };
    // What left one page may lie on another now, so all is taken away before anything is put.
    for (const { id } of leaves) for (const [table, key] of this.empty(id)) note(table, key, undefined);
    for (const { id, text } of leaves) {
      const entries = entriesOf(text);
      const page = this.pageOf(id, entries[0]?.[0] ?? "");
      page.chars = text.length;
      for (const entry of entries) {
        this.keep(id, page, entry);
        note(...entry);
      }
    }
    return changes;
  }

  private put(table: string, key: string, row: Row): number {
    const id = this.places.get(nameOf(table, key)) ?? this.roomFor(table);
    const page = this.pageOf(id, table);
    this.keep(id, page, [table, key, row]);
    page.chars += bytesIn(row)?.length ?? 0;
    return id;
  }

  private pageOf(id: number, table: string): Page {
    const page = this.pages.get(id) ?? { group: groupOf(table), rows: new Map<string, Entry>(), chars: 0 };
    this.pages.set(id, page);
    this.last = Math.max(this.last, id);
    return page;
  }

  private keep(id: number, page: Page, entry: Entry): void {
    const name = nameOf(entry[0], entry[1]);
    page.rows.set(name, entry);
    this.places.set(name, id);
  }

  private take(table: string, key: string): number | undefined {
    const name = nameOf(table, key);
    const id = this.places.get(name);
    if (id === undefined) return undefined;
    this.places.delete(name);
    this.pages.get(id)?.rows.delete(name);
    return id;
  }

  private roomFor(table: string): number {
    const group = groupOf(table);
    const open = this.open.get(group);
    if (open !== undefined && this.hasRoom(open)) return open;
    const found = this.anyWithRoom(group) ?? this.last + 1;
    this.open.set(group, found);
    return found;
  }

  private anyWithRoom(group: string): number | undefined {
    for (const [id, page] of this.pages) if (page.group === group && this.hasRoom(id)) return id;
    return undefined;
  }

  private hasRoom(id: number): boolean {
    const page = this.pages.get(id);
    return page === undefined || (page.rows.size < FULL_ROWS && page.chars < FULL_CHARS);
  }

  private empty(id: number): Entry[] {
    const rows = [...(this.pages.get(id)?.rows ?? [])];
    this.pages.delete(id);
    const own = rows.filter(([name]) => this.places.get(name) === id);
    for (const [name] of own) this.places.delete(name);
    return own.map(([, entry]) => entry);
  }

  private leaf(id: number): Leaf {
    const page = this.pages.get(id);
    const text = JSON.stringify([...(page?.rows.values() ?? [])].map(packed));
    if (page) page.chars = text.length;
    return { id, text };
  }
}

/** Records share their pages, whatever their kind; what else there is keeps to its own, as it changes more often. */
function groupOf(table: string): string {
  return table.startsWith("record ") ? "record" : table;
}

function nameOf(table: string, key: string): string {
  return `${table}\n${key}`;
}

function entriesOf(text: string): Entry[] {
  const entries = JSON.parse(text) as [string, string, Row][];
  for (const entry of entries) entry[2] = frozen(unpacked(entry[2]));
  return entries;
}

/** JSON knows no bytes, so those of a row are written in base64. */
function packed([table, key, row]: Entry): Entry {
  const bytes = bytesIn(row);
  return bytes ? [table, key, { ...(row as object), bytes: { base64: base64Of(bytes) } }] : [table, key, row];
}

function bytesIn(row: Row): Uint8Array | null {
  const bytes = (row as { bytes?: unknown } | null)?.bytes;
  return bytes instanceof Uint8Array ? bytes : null;
}

function unpacked(row: Row): Row {
  const base64 = (row as { bytes?: { base64?: unknown } } | null)?.bytes?.base64;
  return typeof base64 === "string" ? { ...(row as object), bytes: bytesOf(base64) } : row;
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

