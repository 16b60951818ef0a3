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
const MOST_BITS = 31;

const isMask = (mask: number): boolean => mask >= 0 && mask < MASK_LIMIT;
const truth = (answer: boolean): number => (answer ? 1 : 0);

function bits(mask: number): number {
  let left = mask - ((mask >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A comparison with NaN is 0; `min` and `max` return the second when the two cannot be compared. */
const SIMPLE: Record<string, (a: number, b: number, c: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  sqrt: (a) => Math.sqrt(a),
  floor: (a) => Math.floor(a),
  min: (a, b) => (a < b ? a : b),
  max: (a, b) => (a > b ? a : b),
  lt: (a, b) => truth(a < b),
  le: (a, b) => truth(a <= b),
  eq: (a, b) => truth(a === b),
  not: (a) => truth(!(a > 0)),
  missing: (a) => truth(Number.isNaN(a)),
  or_else: (a, b) => (Number.isNaN(a) ? b : a),
  select: (test, a, b) => (test > 0 ? a : b),
  without: (a, b) => (isMask(a) && isMask(b) ? a & ~b : NaN),
  common: (a, b) => (isMask(a) && isMask(b) ? bits(a & b) : NaN),
  lacking: (a, b) => (isMask(a) && isMask(b) ? bits(a & ~b) : NaN),
};

/** Of any number of terms. */
const MANY: Record<string, (steps: readonly Step[], known: Float64Array) => boolean> = {
  all: (steps, known) => steps.every((step) => step(known) > 0),
  any: (steps, known) => steps.some((step) => step(known) > 0),
};

const TABLED: Record<string, (table: FlatTable, a: number, b: number, c: number) => number> = {
  lookup: (table, row, place) => {
    const width = Math.max(1, table.columns);
    const column = table.columns === 0 ? 0 : place;
    if (!(row >= 0 && row < table.rows && column >= 0 && column < width)) return NaN;
    return table.cells[Math.trunc(row) * width + Math.trunc(column)] ?? NaN;
  },
  best: (table, rows, columns) => {
    if (!isMask(rows) || !isMask(columns)) return NaN;
    let greatest = 0;
    for (let row = 0; row < table.rows; row++) {
      if ((rows >>> row) & 1) greatest = Math.max(greatest, bestOfRow(table, row, columns));
    }
    return greatest;
  },
  reaching: (table, rows, columns, level) => {
    if (!isMask(rows) || !isMask(columns)) return NaN;
    let reached = 0;
    for (let row = 0; row < table.rows; row++) {
      if ((rows >>> row) & 1 && bestOfRow(table, row, columns) >= level) reached |= 1 << row;
    }
    return reached;
  },
};

/** Every operation's name. */
export const OPERATIONS: string[] = [...Object.keys(SIMPLE), ...Object.keys(MANY), ...Object.keys(TABLED)].sort();

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
    if (typeof program === "number" && Number.isFinite(program)) return () => program;
    if (typeof program === "string") return this.named(program);
    if (!Array.isArray(program)) throw new Error("a program is no program");
    const [operation, ...terms] = program;
    const simple = own(SIMPLE, operation);
    if (simple && simple.length === terms.length) return applied(simple, this.steps(terms), this.places(terms));
    const many = own(MANY, operation);
    if (many && terms.length) return manyOf(many, this.steps(terms));
    const tabled = own(TABLED, operation);
    const table = typeof terms[0] === "string" && terms[0].startsWith("#") ? this.tables.get(terms[0].slice(1)) : undefined;
    if (tabled && table && fits(operation, table, terms.length - 1)) {
      return applied((a, b, c) => tabled(table, a, b, c), this.steps(terms.slice(1)), this.places(terms.slice(1)));
    }
    throw new Error(`there is no operation ${operation} of ${terms.length} terms, the first being ${String(terms[0])}`);
  }

  /** Where each term that is a name stands among the known values; -1 for the others. */
  private places(terms: Program[]): number[] {
    return terms.map((term) => (typeof term === "string" ? (this.slots.get(term) ?? -1) : -1));
  }

  private steps(terms: Program[]): Step[] {
    return terms.map((term) => this.compile(term));
  }

  private named(name: string): Step {
    const place = this.slots.get(name);
    if (place === undefined) throw new Error(`there is no value ${name}`);
    return (known) => known[place] ?? NaN;
  }
}

/** Whether an operation on a table has as many terms as the table asks for, and a mask names all its rows and columns. */
function fits(operation: string, table: FlatTable, terms: number): boolean {
  if (operation === "lookup") return terms === (table.columns === 0 ? 1 : 2);
  return table.columns > 0 && Math.max(table.rows, table.columns) <= MOST_BITS && terms === (operation === "best" ? 2 : 3);
}

function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function manyOf(operation: (steps: readonly Step[], known: Float64Array) => boolean, steps: Step[]): Step {
  return (known) => truth(operation(steps, known));
}

/**
 * Arguments are passed one by one: a list for each call would be most of the time that a shortlist takes. Most of them
 * are names, which are read here rather than by a step of their own.
 */
function applied(operation: (a: number, b: number, c: number) => number, steps: Step[], places: readonly number[]): Step {
  const [first = absent, second, third] = steps;
  const [a = -1, b = -1] = places;
  if (steps.length === 1 && a >= 0) return (known) => operation(known[a] as number, NaN, NaN);
  if (steps.length === 2 && a >= 0 && b >= 0) return (known) => operation(known[a] as number, known[b] as number, NaN);
  if (steps.length === 2 && a >= 0 && second) return (known) => operation(known[a] as number, second(known), NaN);
  if (steps.length === 2 && b >= 0) return (known) => operation(first(known), known[b] as number, NaN);
  if (!second) return (known) => operation(first(known), NaN, NaN);
  if (!third) return (known) => operation(first(known), second(known), NaN);
  return (known) => operation(first(known), second(known), third(known));
}

function absent(): number {
  return NaN;
}

function flat(table: Table): FlatTable {
  const first = table[0];
  const columns = Array.isArray(first) ? first.length : 0;
  return { cells: Float64Array.from(table.flat()), rows: table.length, columns };
}
