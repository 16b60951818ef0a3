/**
 * The phone's engine on files of numbers: `node engine.mjs FOLDER`. Each folder in it is a job; what is found in there is
 * worked out and written beside it, for the tests in tests/ml/artifact to compare with Python byte by byte.
 *
 * pack.json.gz and rows.f64 → scores.f64, contributions.f64 (after each row its base), chances.f64.
 * set.json and inputs.f64 → features.f64, rules.f64 (the place of the first rule that excludes, or -1).
 * damaged.json (lengths) and damaged.bin (files one after another) and rows.f64 → verdicts.json.
 */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Compiler, type Program, type Table } from "../language.ts";
import { loadPack } from "../loading.ts";
import { PackError } from "../pack.ts";

interface FeatureSet {
  inputs: string[];
  tables: Record<string, Table>;
  values: [string, Program][];
  features: Program[];
  rules: Program[];
}

function doubles(path: string): Float64Array {
  const bytes = readFileSync(path);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Writes numbers with one NaN for all. */
function write(path: string, numbers: Float64Array): void {
  for (let i = 0; i < numbers.length; i++) if (Number.isNaN(numbers[i])) numbers[i] = NaN;
  writeFileSync(path, numbers);
}

function rowsOf(path: string, columns: number): Float64Array[] {
  const all = doubles(path);
  return Array.from({ length: all.length / columns }, (_, i) => all.subarray(i * columns, (i + 1) * columns));
}

async function scorePack(folder: string): Promise<void> {
  const pack = await loadPack(readFileSync(join(folder, "pack.json.gz")));
  const rows = rowsOf(join(folder, "rows.f64"), pack.familyOf.length);
  const scores = Float64Array.from(rows, (row) => pack.score(row));
  write(join(folder, "scores.f64"), scores);
  write(join(folder, "chances.f64"), scores.map((score) => pack.chance(score) ?? NaN));
  write(join(folder, "contributions.f64"), Float64Array.from(rows.flatMap((row) => [...pack.contributions(row), pack.base])));
}

function workOutFeatures(folder: string): void {
  const set = JSON.parse(readFileSync(join(folder, "set.json"), "utf8")) as FeatureSet;
  const compiler = new Compiler(set.inputs, set.tables);
  const values = set.values.map(([name, program]) => {
    const step = compiler.compile(program);
    return [compiler.slot(name), step] as const;
  });
  const features = set.features.map((program) => compiler.compile(program));
  const rules = set.rules.map((program) => compiler.compile(program));
  const known = new Float64Array(compiler.size);
  const rows = rowsOf(join(folder, "inputs.f64"), set.inputs.length);
  const found = new Float64Array(rows.length * features.length);
  const excluded = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    known.set(row);
    for (const [place, step] of values) known[place] = step(known);
    features.forEach((step, j) => { found[i * features.length + j] = step(known); });
    excluded[i] = rules.findIndex((step) => step(known) > 0);
  });
  write(join(folder, "features.f64"), found);
  write(join(folder, "rules.f64"), excluded);
}

/** The problem that each file is refused for, or the hash of the scores that it gives. */
async function judgeDamaged(folder: string): Promise<void> {
  const lengths = JSON.parse(readFileSync(join(folder, "damaged.json"), "utf8")) as number[];
  const all = readFileSync(join(folder, "damaged.bin"));
  const verdicts: string[] = [];
  let from = 0;
  for (const length of lengths) {
    verdicts.push(await verdictOn(all.subarray(from, from + length), join(folder, "rows.f64")));
    from += length;
  }
  writeFileSync(join(folder, "verdicts.json"), JSON.stringify(verdicts));
}

async function verdictOn(bytes: Uint8Array, rows: string): Promise<string> {
  try {
    const pack = await loadPack(bytes);
    const scores = Float64Array.from(rowsOf(rows, pack.familyOf.length), (row) => pack.score(row)).map((score) => (Number.isNaN(score) ? 0 : score));
    return createHash("sha256").update(new Uint8Array(scores.buffer)).digest("hex");
  } catch (error) {
    if (error instanceof PackError) return error.slug;
    throw error;
  }
}

for (const job of readdirSync(process.argv[2] ?? ".").map((name) => join(process.argv[2] ?? ".", name))) {
  if (existsSync(join(job, "pack.json.gz"))) await scorePack(job);
  if (existsSync(join(job, "set.json"))) workOutFeatures(job);
  if (existsSync(join(job, "damaged.json"))) await judgeDamaged(job);
}
