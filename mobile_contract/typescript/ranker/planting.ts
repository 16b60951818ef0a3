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
}

/** What a node of categories reads: a column, and the categories that go left as 32-bit words. */
export interface CategorySet {
  column: number;
  words: Int32Array;
}

/** All nodes of all trees, one tree after another. A child below 0 is leaf -1 - child, numbered through all trees. */
export interface Planted {
  slots: Slot[];
  sets: CategorySet[];
  /** Each node's slot; below 0 it is set -1 - slot. */
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
  const made: Planted = {
    slots: [],
    sets: [],
    slot: new Int32Array(inner),
    threshold: new Float64Array(inner),
    left: new Int32Array(inner),
    right: new Int32Array(inner),
    expected: new Float64Array(inner),
    leaf: new Float64Array(total(trees, (tree) => tree[5].length)),
    roots: new Int32Array(trees.length),
  };
  const places = new Map<number, number>();
  let node = 0;
  let leaf = 0;
  trees.forEach((tree, place) => {
    made.roots[place] = tree[0].length ? node : -1 - leaf;
    plant(made, tree, node, leaf, places);
    node += tree[0].length;
    leaf += tree[5].length;
  });
  return made;
}

/** Puts a tree where its first node and its first leaf belong. `places` finds a slot again. */
function plant(made: Planted, tree: TreeParts, node: number, leaf: number, places: Map<number, number>): void {
  const [column, threshold, decision, left, right, leaves, expected, words] = tree;
  const moved = (child: number): number => (child < 0 ? child - leaf : child + node);
  column.forEach((each, i) => {
    const edge = threshold[i] ?? Infinity;
    const kind = decision[i] ?? 0;
    if (kind & CATEGORICAL) made.slot[node + i] = -made.sets.push({ column: each, words: Int32Array.from(words[edge] ?? [], (word) => word | 0) });
    else made.slot[node + i] = slotOf(made.slots, places, each, edge, kind);
    made.threshold[node + i] = edge;
    made.left[node + i] = moved(left[i] ?? 0);
    made.right[node + i] = moved(right[i] ?? 0);
  });
  made.expected.set(expected, node);
  made.leaf.set(leaves, leaf);
}

function total(trees: TreeParts[], size: (tree: TreeParts) => number): number {
  return trees.reduce((sum, tree) => sum + size(tree), 0);
}

/** What a node's test reads, among the slots. Source: LightGBM's `Tree::NumericalDecision`. */
function slotOf(slots: Slot[], places: Map<number, number>, column: number, threshold: number, decision: number): number {
  const missing = (decision >> 2) & 3;
  const byDefault = (decision & DEFAULT_LEFT) !== 0;
  const zero = threshold >= 0; // where 0 goes as a number
  const isZeroMissing = missing === ZERO_MISSING && byDefault !== zero;
  const goesLeft = missing === ZERO_MISSING || missing === NAN_MISSING ? byDefault : zero;
  const key = column * 4 + (isZeroMissing ? 2 : 0) + (goesLeft ? 1 : 0);
  const place = places.get(key) ?? slots.push({ column, isZeroMissing, fill: goesLeft ? -Infinity : NaN }) - 1;
  places.set(key, place);
  return place;
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
