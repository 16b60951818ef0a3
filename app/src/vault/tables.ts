/** What the vault holds while it is open: tables of rows in memory, replaced and never changed, so that a reader keeps what it began with. */

export type Row = object | string | number | boolean | null;
export type Table = ReadonlyMap<string, Row>;
export type Tables = ReadonlyMap<string, Table>;

/** New rows by table and key; undefined takes a row away. */
export type Changes = ReadonlyMap<string, ReadonlyMap<string, Row | undefined>>;

const NO_ROWS: Table = new Map();

export function tableOf(tables: Tables, name: string): Table {
  return tables.get(name) ?? NO_ROWS;
}

/** The tables after the changes; tables that none of them touches are shared with the old ones. */
export function changed(tables: Tables, changes: Changes): Tables {
  const next = new Map(tables);
  for (const [name, rows] of changes) {
    const table = new Map(tableOf(tables, name));
    for (const [key, row] of rows) {
      if (row === undefined) table.delete(key);
      else table.set(key, row);
    }
    next.set(name, table);
  }
  return next;
}

/** Freezes a row to its depths, as what is handed out is shared: tests then catch whoever writes into it. It costs an app of 5,000 records too much. */
export const frozen: <T>(value: T) => T = import.meta.env.DEV ? deeplyFrozen : (value) => value;

function deeplyFrozen<T>(value: T): T {
  // A view on bytes cannot be frozen.
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deeplyFrozen(inner);
  return Object.freeze(value);
}
