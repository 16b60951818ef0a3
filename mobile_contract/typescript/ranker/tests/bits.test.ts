import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadPack } from "../pack.ts";

/** A folder for each model, as tests/ml/models/test_bits.py writes them: a pack, rows, LightGBM's scores. */
const folder = process.env["KITH_RANKER_BITS"] ?? "";

function doubles(path: string): Float64Array {
  const bytes = readFileSync(path);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

test("every score has the bytes that Python wrote", { skip: !existsSync(folder) && "KITH_RANKER_BITS names no folder" }, async () => {
  const models = readdirSync(folder);
  assert.ok(models.length >= 4);
  for (const model of models) {
    const pack = await loadPack(readFileSync(join(folder, model, "pack.json.gz")));
    const rows = doubles(join(folder, model, "rows.f64"));
    const wanted = doubles(join(folder, model, "scores.f64"));
    const columns = rows.length / wanted.length;
    const found = wanted.map((_, i) => pack.score(rows.subarray(i * columns, (i + 1) * columns)));
    const wrong = found.findIndex((score, i) => !Object.is(score, wanted[i]));
    assert.equal(wrong, -1, `${model}, row ${wrong}: ${found[wrong]}, not ${wanted[wrong]}`);
  }
});
