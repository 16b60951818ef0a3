/** The database of an app that did not seal yet: read whole, and deleted once all of it lies in the vault. */

import { deleteDB, type IDBPDatabase, openDB } from "idb";
import type { Database, KeptPack, Setting } from "../data/database.ts";
import type { Row } from "./tables.ts";

type Rows = Map<string, Map<string, Row | undefined>>;
type PlainRow = { readonly [field: string]: unknown };

/** The tables that become the vault's, and where each of their rows belongs. */
const PLACES: { readonly [table: string]: (row: PlainRow) => readonly [table: string, key: string, row: Row] } = {
  records: (row) => [`record ${String(row["kind"])}`, String(row["id"]), row],
  outbox: (row) => ["outbox", String(row["mid"]), row],
  attention: (row) => ["attention", String(row["mid"]), row],
  sent: (row) => ["sent", String(row["mid"]), row],
  meta: (row) => ["meta", String(row["name"]), { value: row["value"] }],
  parts: (row) => ["part", `${String(row["sha256"])} ${String(row["at"])}`, row],
  drafts: (row) => ["draft", String(row["id"]), row],
};

/** What the plain database holds; nothing when there is none. */
export async function adoptable(database: Database): Promise<Rows> {
  const rows: Rows = new Map();
  if (!(await isThere(plainNameOf(database)))) return rows;
  const plain = await openDB(plainNameOf(database));
  for (const name of plain.objectStoreNames) {
    if (name in PLACES) for (const row of (await plain.getAll(name)) as PlainRow[]) put(rows, ...placeOf(name, row));
    else if (name === "settings" || name === "packs") await carry(database, plain, name);
  }
  plain.close();
  return rows;
}

/** Delete the plain database: its rows are in the vault, or nobody is to have them any more. */
export async function dropPlain(database: Database): Promise<void> {
  if (await isThere(plainNameOf(database))) await deleteDB(plainNameOf(database));
}

/** What is nobody's affair stays plain; what the new database has already is newer. */
async function carry(database: Database, plain: IDBPDatabase, name: "settings" | "packs"): Promise<void> {
  const old = (await plain.getAll(name)) as (Setting & KeptPack)[];
  await database.transaction("readwrite", [name], async (rows) => {
    for (const row of old) if (!(await rows.get(name, name === "packs" ? row.id : row.name))) await rows.put(name, row);
  });
}

async function isThere(name: string): Promise<boolean> {
  // Browsers that cannot list their databases are older than the app that did not seal.
  return ((await indexedDB.databases?.()) ?? []).some((one) => one.name === name);
}

function placeOf(table: string, row: PlainRow): readonly [string, string, Row] {
  const place = PLACES[table];
  if (!place) throw new Error(`the vault has no place for ${table}`);
  return place(row);
}

function put(rows: Rows, table: string, key: string, row: Row): void {
  const own = rows.get(table) ?? new Map<string, Row | undefined>();
  rows.set(table, own.set(key, row));
}

function plainNameOf(database: Database): string {
  return database.name.replace(/-sealed$/, "");
}
