/** The operations that a pack's programs may use, row by row; `ml/features/operations.py` has the same ones by column. */

/** A number, the name of an input or of an earlier value, a #table, or [operation, argument, …]. */
export type Program = number | string | [string, ...Program[]];

/** A table of one or two axes. */
export type Table = number[] | number[][];

/** Works out one number from the values known so far. */
export type Step = (known: Float64Array) => number;

interface FlatTable {
  cells: Float64Array;
  rows: number;
  columns: number;
}

const MASK_LIMIT = 2147483648;

const isMask = (mask: number): boolean => mask >= 0 && mask < MASK_LIMIT;
const truth = (answer: boolean): number => (answer ? 1 : 0);

function bits(mask: number): number {
  let left = mask - ((mask >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A comparison with NaN is 0; `min` and `max` return the second when the two cannot be compared. */
const SIMPLE: Record<string, (...terms: number[]) => number> = {
  add: (a = NaN, b = NaN) => a + b,
  sub: (a = NaN, b = NaN) => a - b,
  mul: (a = NaN, b = NaN) => a * b,
  div: (a = NaN, b = NaN) => a / b,
  sqrt: (a = NaN) => Math.sqrt(a),
  floor: (a = NaN) => Math.floor(a),
  min: (a = NaN, b = NaN) => (a < b ? a : b),
  max: (a = NaN, b = NaN) => (a > b ? a : b),
  lt: (a = NaN, b = NaN) => truth(a < b),
  le: (a = NaN, b = NaN) => truth(a <= b),
  eq: (a = NaN, b = NaN) => truth(a === b),
  not: (a = NaN) => truth(!(a > 0)),
  all: (...terms) => truth(terms.every((term) => term > 0)),
  any: (...terms) => truth(terms.some((term) => term > 0)),
  missing: (a = NaN) => truth(Number.isNaN(a)),
  or_else: (a = NaN, b = NaN) => (Number.isNaN(a) ? b : a),
  select: (test = NaN, a = NaN, b = NaN) => (test > 0 ? a : b),
  without: (a = NaN, b = NaN) => (isMask(a) && isMask(b) ? a & ~b : NaN),
  common: (a = NaN, b = NaN) => (isMask(a) && isMask(b) ? bits(a & b) : NaN),
  lacking: (a = NaN, b = NaN) => (isMask(a) && isMask(b) ? bits(a & ~b) : NaN),
};

const TABLED: Record<string, (table: FlatTable, ...terms: number[]) => number> = {
  lookup: (table, ...places) => {
    const [row, column] = table.columns === 0 ? [places[0] ?? NaN, 0] : [places[0] ?? NaN, places[1] ?? NaN];
    const width = Math.max(1, table.columns);
    if (!(row >= 0 && row < table.rows && column >= 0 && column < width)) return NaN;
    return table.cells[Math.trunc(row) * width + Math.trunc(column)] ?? NaN;
  },
  best: (table, rows = NaN, columns = NaN) => {
    if (!isMask(rows) || !isMask(columns)) return NaN;
    let greatest = 0;
    for (let row = 0; row < table.rows; row++) {
      if ((rows >>> row) & 1) greatest = Math.max(greatest, bestOfRow(table, row, columns));
    }
    return greatest;
  },
  reaching: (table, rows = NaN, columns = NaN, level = NaN) => {
    if (!isMask(rows) || !isMask(columns)) return NaN;
    let reached = 0;
    for (let row = 0; row < table.rows; row++) {
      if ((rows >>> row) & 1 && bestOfRow(table, row, columns) >= level) reached |= 1 << row;
    }
    return reached;
  },
};

/** Every operation's name. */
export const OPERATIONS: string[] = [...Object.keys(SIMPLE), ...Object.keys(TABLED)].sort();

function bestOfRow(table: FlatTable, row: number, columns: number): number {
  let greatest = 0;
  for (let rest = columns | 0, column = 0; rest !== 0 && column < table.columns; rest >>>= 1, column++) {
    if (rest & 1) greatest = Math.max(greatest, table.cells[row * table.columns + column] ?? 0);
  }
  return greatest;
}

/** Turns programs into steps over an array of known values: inputs first, then values in order. */
export class Compiler {
  private readonly slots = new Map<string, number>();
  private readonly tables = new Map<string, FlatTable>();

  constructor(inputs: readonly string[], tables: Record<string, Table>) {
    for (const name of inputs) this.slot(name);
    for (const [name, table] of Object.entries(tables)) this.tables.set(name, flat(table));
  }

  /** Gives `name` its place among the known values, a new one if it has none. */
  slot(name: string): number {
    const place = this.slots.get(name) ?? this.slots.size;
    this.slots.set(name, place);
    return place;
  }

  /** How many values are known in the end. */
  get size(): number {
    return this.slots.size;
  }

  /** Throws an Error when the program names what does not exist. */
  compile(program: Program): Step {
    if (typeof program === "number") return () => program;
    if (typeof program === "string") return this.named(program);
    const [operation, ...terms] = program;
    const simple = Object.hasOwn(SIMPLE, operation) ? SIMPLE[operation] : undefined;
    if (simple) return applied(simple, terms.map((term) => this.compile(term)));
    const tabled = Object.hasOwn(TABLED, operation) ? TABLED[operation] : undefined;
    const table = this.tables.get(String(terms[0]).slice(1));
    if (!tabled || !table) throw new Error(`there is no operation ${operation} on ${String(terms[0])}`);
    return applied((...rest) => tabled(table, ...rest), terms.slice(1).map((term) => this.compile(term)));
  }

  private named(name: string): Step {
    const place = this.slots.get(name);
    if (place === undefined) throw new Error(`there is no value ${name}`);
    return (known) => known[place] ?? NaN;
  }
}

function applied(operation: (...terms: number[]) => number, steps: Step[]): Step {
  const [first, second, third] = steps;
  if (first && !second) return (known) => operation(first(known));
  if (first && second && !third) return (known) => operation(first(known), second(known));
  return (known) => operation(...steps.map((step) => step(known)));
}

function flat(table: Table): FlatTable {
  const first = table[0];
  const columns = Array.isArray(first) ? first.length : 0;
  return { cells: Float64Array.from(table.flat()), rows: table.length, columns };
}
