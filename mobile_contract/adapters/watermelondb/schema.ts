/** WatermelonDB's tables and migrations, made from the contract so that nobody types them by hand. */

import { appSchema, tableSchema, type AppSchema, type ColumnSchema, type TableSchema } from "@nozbe/watermelondb";
import {
  addColumns, createTable, schemaMigrations, type MigrationStep, type SchemaMigrations,
} from "@nozbe/watermelondb/Schema/migrations/index.js";
import { KINDS } from "../../generated/contract.ts";
import { columnsOf } from "./columns.ts";

/** The kinds and the columns that an app's tables had at one version; keep each as JSON when you raise the version. */
export type Tables = { [table: string]: ColumnSchema[] };

/** What the adapter remembers of a record, in its own row: its version, sets and counters there, and the last full taking. */
const OURS: ColumnSchema[] = [
  { name: "kith_version", type: "number" },
  { name: "kith_known", type: "string", isOptional: true },
  { name: "kith_taken", type: "number" },
];

/** The tables for `kinds`, all by default. A table is called as its kind. */
export function kithTables(kinds: readonly string[] = Object.keys(KINDS)): Tables {
  return Object.fromEntries(kinds.map((kind) => [kind, [...columnsOf(kind).map(plain), ...OURS]]));
}

/** The schema of an app: Kith's tables and those of its own. */
export function kithSchema(version: number, tables: Tables = kithTables(), own: TableSchema[] = []): AppSchema {
  const ours = Object.entries(tables).map(([name, columns]) => tableSchema({ name, columns }));
  return appSchema({ version, tables: [...ours, ...own] });
}

/**
 * The migrations from each version of the tables to the next, oldest first. Columns and tables that are no longer in the
 * contract stay, unused, as WatermelonDB removes none. `own`: further steps of the app to a version.
 */
export function kithMigrations(
  versions: { version: number; tables: Tables; own?: MigrationStep[] }[],
): SchemaMigrations {
  const steps = versions.slice(1).map(({ version, tables, own = [] }, place) => {
    return { toVersion: version, steps: [...difference(versions[place]!.tables, tables), ...own] };
  });
  return schemaMigrations({ migrations: steps.reverse() });
}

function difference(before: Tables, after: Tables): MigrationStep[] {
  return Object.entries(after).flatMap(([table, columns]): MigrationStep[] => {
    const known = before[table];
    if (!known) return [createTable({ name: table, columns })];
    const added = columns.filter(({ name }) => !known.some((column) => column.name === name));
    return added.length ? [addColumns({ table, columns: added.map((column) => ({ ...column, isOptional: true })) })] : [];
  });
}

function plain({ name, type, isOptional }: ColumnSchema): ColumnSchema {
  return isOptional ? { name, type, isOptional } : { name, type };
}
