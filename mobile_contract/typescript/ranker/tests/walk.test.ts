import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { PackDocument } from "../document.ts";
import { Pack } from "../pack.ts";
import { sameBits, vector } from "./vectors.ts";

interface Walk {
  seed: number;
  rows: number;
  chunk: number;
  hostile_one_in: number;
  ordinary: string[];
  hostile: string[];
  pack: PackDocument;
  /** The hash of each chunk's scores, and its first score. */
  chunks: [string, string][];
}

/** Scatters whole numbers over 32 bits: the finaliser of MurmurHash3. */
function mixed(number: number): number {
  let bits = number >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35) >>> 0;
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** SHA-256 of scores as little-endian doubles, NaN being one. */
function hashed(scores: Float64Array): string {
  const bytes = new DataView(new ArrayBuffer(scores.length * 8));
  scores.forEach((score, i) => bytes.setFloat64(i * 8, score, true));
  scores.forEach((score, i) => { if (Number.isNaN(score)) bytes.setBigUint64(i * 8, 0x7ff8000000000000n, true); });
  return createHash("sha256").update(new Uint8Array(bytes.buffer)).digest("hex");
}

test("ten thousand golden rows, one value in twenty hostile, have their bytes", () => {
  const { seed, rows, chunk, hostile_one_in, ordinary, hostile, pack: document, chunks } = vector<Walk>("walk");
  const [common, strange] = [ordinary.map(Number), hostile.map(Number)];
  const pack = new Pack(document, null);
  const columns = document.features.length;
  const row = new Float64Array(columns);
  let strangers = 0;
  const scores = Float64Array.from({ length: rows }, (_, at) => {
    for (let column = 0; column < columns; column++) {
      const number = 2 * (at * columns + column) + seed;
      const isHostile = mixed(number) % hostile_one_in === 0;
      const values = isHostile ? strange : common;
      row[column] = values[mixed(number + 1) % values.length] ?? assert.fail();
      strangers += isHostile ? 1 : 0;
    }
    return pack.score(row);
  });
  assert.ok(Math.abs(strangers / (rows * columns) - 0.05) < 0.002);
  assert.equal(chunks.length, rows / chunk);
  chunks.forEach(([hash, first], i) => {
    const part = scores.subarray(i * chunk, (i + 1) * chunk);
    assert.ok(sameBits(part[0] ?? NaN, Number(first)), `row ${i * chunk}: ${part[0]}, not ${first}`);
    assert.equal(hashed(part), hash, `rows ${i * chunk} to ${(i + 1) * chunk - 1}`);
  });
});
