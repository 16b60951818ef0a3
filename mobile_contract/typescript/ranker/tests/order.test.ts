import assert from "node:assert/strict";
import { test } from "node:test";
import { descending } from "../order.ts";

/** tests/ml/artifact/test_the_pack_is_lightgbm.py has the same order. */
const ORDERED: [number, string][] = [
  [Infinity, "d"], [Infinity, "g"], [1, "a"], [0, "c"], [-0, "e"], [0, "i"], [-Infinity, "b"], [NaN, "f"], [NaN, "h"],
];

test("scores go from the highest, ties by id, and what is no number comes last whatever it meets", () => {
  for (let turn = 0; turn < ORDERED.length; turn++) {
    const mixed = ORDERED.map((_, i) => ORDERED[(i * 4 + turn) % ORDERED.length] ?? assert.fail());
    mixed.sort(([a, first], [b, second]) => descending(a, b) || (first < second ? -1 : 1));
    assert.deepEqual(mixed, ORDERED);
  }
});
