/** From a pack's trees to flat arrays that can be walked; what is not a tree is refused. `ml/models/planting.py` does the same. */

import { checkNumbers, checkWhole, need } from "./shape.ts";

/**
 * [column, threshold, decision, left, right, leaf, expected, words]. A child below 0 is leaf -1 - child; a threshold
 * of null is infinite.
 */
export type TreeParts = [number[], (number | null)[], number[], number[], number[], number[], number[], number[][]];

/** What nodes read: a column, made ready so that `ready <= threshold` is the whole test. */
export interface Slot {
  column: number;
  isZeroMissing: boolean;
  /** Stands for what is missing: -Infinity, which is below every threshold and goes left, or NaN, which goes right. */
  fill: number;
  /** The categories that go left, as 32-bit words; undefined for a number. */
  words: Int32Array | undefined;
}

/** All nodes of all trees, one tree after another. A child below 0 is leaf -1 - child, numbered through all trees. */
export interface Planted {
  slots: Slot[];
  slot: Int32Array;
  threshold: Float64Array;
  left: Int32Array;
  right: Int32Array;
  /** The mean score of the training rows at each node. */
  expected: Float64Array;
  leaf: Float64Array;
  /** Each tree's first node; below 0 for a tree of one leaf. */
  roots: Int32Array;
}

const MOST_LEAVES = 64;
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const ZERO_MISSING = 1;
const NAN_MISSING = 2;
/** Decisions are below this: two bits of truth and a missing type from 0 to 2. */
const DECISIONS = 12;
const WORDS = 2 ** 32;
const PARTS = 8;

/** Lays trees out for walking. Throws an Error when a tree is not one. */
export function planted(trees: TreeParts[], columns: number): Planted {
  for (const tree of trees) check(tree, columns);
  const inner = total(trees, ([column]) => column.length);
  const slots = new Map<string, [number, Slot]>();
  const made: Planted = {
    slots: [],
    slot: new Int32Array(inner),
    threshold: new Float64Array(inner),
    left: new Int32Array(inner),
    right: new Int32Array(inner),
    expected: new Float64Array(inner),
    leaf: new Float64Array(total(trees, (tree) => tree[5].length)),
    roots: new Int32Array(trees.length),
  };
  let node = 0;
  let leaf = 0;
  trees.forEach((tree, place) => {
    const [column, threshold, decision, left, right, leaves, expected, words] = tree;
    const moved = (child: number | undefined): number => ((child ?? 0) < 0 ? (child ?? 0) - leaf : (child ?? 0) + node);
    made.roots[place] = column.length ? node : -1 - leaf;
    for (let i = 0; i < column.length; i++) {
      const slot = slotOf(column[i] ?? 0, threshold[i] ?? Infinity, decision[i] ?? 0, words);
      const key = `${slot.column} ${slot.isZeroMissing} ${slot.fill} ${slot.words?.join()}`;
      const [number] = slots.get(key) ?? [slots.size];
      slots.set(key, [number, slot]);
      made.slot[node + i] = number;
      made.threshold[node + i] = threshold[i] ?? Infinity;
      made.left[node + i] = moved(left[i]);
      made.right[node + i] = moved(right[i]);
    }
    made.expected.set(expected, node);
    made.leaf.set(leaves, leaf);
    node += column.length;
    leaf += leaves.length;
  });
  return { ...made, slots: Array.from(slots.values(), ([, slot]) => slot) };
}

function total(trees: TreeParts[], size: (tree: TreeParts) => number): number {
  return trees.reduce((sum, tree) => sum + size(tree), 0);
}

/** What a node's test reads. Source: LightGBM's `Tree::NumericalDecision` and `CategoricalDecision`. */
function slotOf(column: number, threshold: number, decision: number, words: number[][]): Slot {
  const kept = (isZeroMissing: boolean, goesLeft: boolean): Slot => (
    { column, isZeroMissing, fill: goesLeft ? -Infinity : NaN, words: undefined }
  );
  if (decision & CATEGORICAL) return { ...kept(false, false), words: setOf(words[threshold]) };
  const missing = (decision >> 2) & 3;
  const byDefault = (decision & DEFAULT_LEFT) !== 0;
  const zero = threshold >= 0; // where 0 goes as a number
  if (missing === ZERO_MISSING) return kept(byDefault !== zero, byDefault);
  return kept(false, missing === NAN_MISSING ? byDefault : zero);
}

function setOf(words: number[] | undefined): Int32Array {
  if (!words) throw new Error("a set of categories is not there");
  return Int32Array.from(words, (word) => word | 0);
}

function check(tree: TreeParts, columns: number): void {
  const [column, threshold, decision, left, right, leaf, expected, words] = tree;
  const inner = column.length;
  need(leaf.length <= MOST_LEAVES && tree.length === PARTS, "a tree of too many leaves");
  checkWhole("columns of a tree", column, inner, 0, columns);
  checkWhole("decisions of a tree", decision, inner, 0, DECISIONS);
  checkNumbers("leaves of a tree", leaf, inner + 1);
  checkNumbers("expected scores of a tree", expected, inner);
  need(Array.isArray(words) && Array.isArray(threshold), "sets of categories or thresholds of a tree");
  for (const set of words) checkWhole("a set of categories", set, set.length, 0, WORDS);
  checkNumbers("thresholds of a tree", threshold.map((value) => value ?? 0), inner);
  decision.forEach((each, node) => {
    if (each & CATEGORICAL) checkWhole("a set of categories", [threshold[node]], 1, 0, words.length);
  });
  if (inner) checkChildren(left, right, inner);
}

/** Every node but the first and every leaf is one node's child, and nodes follow from earlier ones. */
function checkChildren(left: number[], right: number[], inner: number): void {
  const seen = new Uint8Array(2 * inner + 1);
  for (const side of [left, right]) {
    checkWhole("children of a tree", side, inner, -1 - inner, inner);
    side.forEach((child, node) => {
      need((child < 0 || child > node) && !seen[child + inner + 1], "a tree's nodes do not follow from one another");
      seen[child + inner + 1] = 1;
    });
  }
}
