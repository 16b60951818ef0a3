/**
 * Whether a pack's JSON has the shape of a pack; `ml/models/pack_shape.py` asks the same. An engine that took null for 0
 * where another takes it for NaN would rank otherwise and nobody would know.
 */

import type { LineParts, PackDocument } from "./document.ts";

/** Throws an Error unless all of a pack but its programs and its trees is what it must be. */
export function checkShape(pack: PackDocument): void {
  need(isText(pack.version) && pack.version !== "", "version");
  need(pack.as_of === null || isText(pack.as_of), "as_of");
  for (const part of ["values", "features", "rules", "families", "trees"] as const) need(Array.isArray(pack[part]), part);
  need(!Array.isArray(pack.tables) && typeof pack.tables === "object", "tables");
  for (const [name, table] of Object.entries(pack.tables)) checkTable(name, table);
  need(pack.values.every((value) => value.length === 2 && isText(value[0])), "values");
  need(pack.features.length > 0 && pack.features.every(([name, family]) => isText(name) && isText(family)), "features");
  need(pack.features.every((feature) => feature.length === 3) && areDistinct(pack.features), "features");
  for (const rule of pack.rules) {
    need(rule.length === 4 && isText(rule[0]) && isText(rule[2]) && (rule[3] === null || isText(rule[3])), "rules");
  }
  for (const family of pack.families) {
    need(family.length === 3 && isText(family[0]) && [...family[1], ...family[2]].every(isLine), "families");
  }
  need(areDistinct(pack.rules) && areDistinct(pack.families), "rules or families of one name");
  checkNumbers("weights", pack.linear.weights, pack.features.length);
  checkNumbers("means", pack.linear.means, pack.features.length);
  checkNumbers("intercept", [pack.linear.intercept], 1);
}

/** Throws an Error unless `numbers` is a list of finite numbers, `count` of them. */
export function checkNumbers(what: string, numbers: unknown, count: number): void {
  const list = checkList(what, numbers, count);
  // plain loops, and words only for what fails: a phone checks thousands of numbers before anything of this is compiled
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(list[i])) throw new Error(`${what}: finite numbers only`);
  }
}

/** Throws an Error unless each of `numbers` is a whole one from `least` on and below `limit`. */
export function checkWhole(what: string, numbers: unknown, count: number, least: number, limit: number): void {
  const list = checkList(what, numbers, count);
  for (let i = 0; i < count; i++) {
    const each = list[i] as number;
    if (!(Number.isInteger(each) && each >= least && each < limit)) throw new Error(`${what}: ${each}`);
  }
}

function checkList(what: string, numbers: unknown, count: number): unknown[] {
  if (!Array.isArray(numbers) || numbers.length !== count) throw new Error(`${what}: not ${count} numbers`);
  return numbers;
}

function checkTable(name: string, table: unknown): void {
  need(Array.isArray(table) && table.length > 0, `table ${name}`);
  const rows = table as unknown[];
  if (!rows.every(Array.isArray)) return checkNumbers(`table ${name}`, rows, rows.length);
  const width = (rows[0] as unknown[]).length;
  need(width > 0, `table ${name}`);
  for (const row of rows) checkNumbers(`table ${name}`, row, width);
}

function isLine(line: LineParts): boolean {
  return line.length === 3 && isText(line[1]) && Number.isInteger(line[2]) && Math.abs(line[2]) <= 2;
}

function areDistinct(named: readonly (readonly unknown[])[]): boolean {
  return new Set(named.map(([name]) => name)).size === named.length;
}

function isText(text: unknown): boolean {
  return typeof text === "string";
}

/** Throws an Error that names `what` when it does not hold. */
export function need(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
