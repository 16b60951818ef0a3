/** Reading and writing rows beside WatermelonDB's own counting of changes. */

import { Q, type Collection, type Database, type Model } from "@nozbe/watermelondb";
import { sanitizedRaw } from "@nozbe/watermelondb/RawRecord/index.js";
import type { Keep } from "../shared/keep.ts";
import { isKind, type Kept } from "./rows.ts";

/** The tables of the contract that this database has. */
export function kindsOf(database: Database): string[] {
  return Object.keys(database.schema.tables).filter(isKind);
}

/** What is kept beside the records, in the database's own local storage: it goes when the database is reset. */
export function localKeep(database: Database): Keep {
  return {
    get: (name) => database.localStorage.get(`kith_${name}`),
    set: (name, value) => database.localStorage.set(`kith_${name}`, value),
    remove: (name) => database.localStorage.remove(`kith_${name}`),
  };
}

export function rawOfModel(model: Model): Kept {
  return { ...(model._raw as unknown as Kept) };
}

/** Records by their ids, without those that are marked as deleted. */
export function find(database: Database, table: string, ids: string[]): Promise<Model[]> {
  return ids.length ? database.get(table).query(Q.where("id", Q.oneOf(ids))).fetch() : Promise.resolve([]);
}

/** The rows of this table that are marked as deleted and wait to be sent. */
export async function deletedRows(database: Database, table: string): Promise<Kept[]> {
  const ids = await database.adapter.getDeletedRecords(table);
  if (!ids.length) return [];
  const query = database.get(table).query(Q.where("id", Q.oneOf(ids)));
  query.description = query._rawDescription; // without "and is not deleted", which every query gets
  return (await query.unsafeFetchRaw()) as Kept[];
}

/** Prepares a row to be replaced as it is given, its state included. */
export function prepareRow(model: Model, row: Kept): Model {
  return model.prepareUpdate(() => {
    model._raw = sanitizedRaw(row, model.collection.schema);
  });
}

/** Brings a row back that was marked as deleted; the server has it. */
export async function bringBack(database: Database, table: string, row: Kept): Promise<void> {
  const collection: Collection<Model> = database.get(table);
  await database.adapter.destroyDeletedRecords(table, [row.id]);
  await database.batch(collection.prepareCreateFromDirtyRaw({ ...row, _status: row._changed ? "updated" : "synced" }));
}
