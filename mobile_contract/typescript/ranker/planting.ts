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
  /** Each node's column. */
  column: Int32Array;
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
/** Kinds of slots that a column may have: with zero missing or not, what is missing going left or right. */
const KINDS = 4;

/** Lays trees out for walking. Throws an Error when a tree is not one. */
export function planted(trees: TreeParts[], columns: number): Planted {
  let inner = 0;
  let leaves = 0;
  for (const tree of trees) {
    check(tree, columns);
    inner += tree[0].length;
    leaves += tree[5].length;
  }
  const made: Planted = {
    slots: [],
    sets: [],
    slot: new Int32Array(inner),
    column: new Int32Array(inner),
    threshold: new Float64Array(inner),
    left: new Int32Array(inner),
    right: new Int32Array(inner),
    expected: new Float64Array(inner),
    leaf: new Float64Array(leaves),
    roots: new Int32Array(trees.length),
  };
  const places = new Int32Array(columns * KINDS).fill(-1);
  let node = 0;
  let leaf = 0;
  for (let place = 0; place < trees.length; place++) {
    const tree = trees[place] as TreeParts;
    made.roots[place] = tree[0].length ? node : -1 - leaf;
    plant(made, tree, node, leaf, places);
    node += tree[0].length;
    leaf += tree[5].length;
  }
  return made;
}

/** Puts a tree where its first node and its first leaf belong. `places` finds a slot again. */
function plant(made: Planted, tree: TreeParts, node: number, leaf: number, places: Int32Array): void {
  const [column, threshold, decision, left, right, leaves, expected, words] = tree;
  for (let i = 0; i < column.length; i++) {
    const each = column[i] as number;
    const edge = threshold[i] ?? Infinity;
    const kind = decision[i] as number;
    const before = left[i] as number;
    const after = right[i] as number;
    made.slot[node + i] = kind & CATEGORICAL ? setOf(made.sets, each, words[edge]) : slotOf(made.slots, places, each, edge, kind);
    made.column[node + i] = each;
    made.threshold[node + i] = edge;
    made.left[node + i] = before < 0 ? before - leaf : before + node;
    made.right[node + i] = after < 0 ? after - leaf : after + node;
  }
  made.expected.set(expected, node);
  made.leaf.set(leaves, leaf);
}

/** A new set of categories; which one it is, below 0. */
function setOf(sets: CategorySet[], column: number, words: number[] = []): number {
  return -sets.push({ column, words: Int32Array.from(words, (word) => word | 0) });
}

/** What a node's test reads, among the slots. Source: LightGBM's `Tree::NumericalDecision`. */
function slotOf(slots: Slot[], places: Int32Array, column: number, threshold: number, decision: number): number {
  const missing = (decision >> 2) & 3;
  const byDefault = (decision & DEFAULT_LEFT) !== 0;
  const zero = threshold >= 0; // where 0 goes as a number
  const isZeroMissing = missing === ZERO_MISSING && byDefault !== zero;
  const goesLeft = missing === ZERO_MISSING || missing === NAN_MISSING ? byDefault : zero;
  const key = column * KINDS + (isZeroMissing ? 2 : 0) + (goesLeft ? 1 : 0);
  const known = places[key] as number;
  if (known >= 0) return known;
  const place = slots.push({ column, isZeroMissing, fill: goesLeft ? -Infinity : NaN }) - 1;
  places[key] = place;
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
  need(threshold.length === inner, "thresholds of a tree");
  for (const set of words) checkWhole("a set of categories", set, set.length, 0, WORDS);
  for (let node = 0; node < inner; node++) {
    const edge = threshold[node] ?? 0;
    need(Number.isFinite(edge), "thresholds of a tree: finite numbers only");
    if ((decision[node] as number) & CATEGORICAL) {
      need(threshold[node] !== null && Number.isInteger(edge) && edge >= 0 && edge < words.length, "a set of categories");
    }
  }
  if (inner) checkChildren(left, right, inner);
}

/** Every node but the first and every leaf is one node's child, and nodes follow from earlier ones. */
function checkChildren(left: number[], right: number[], inner: number): void {
  checkWhole("children of a tree", left, inner, -1 - inner, inner);
  checkWhole("children of a tree", right, inner, -1 - inner, inner);
  const seen = new Uint8Array(2 * inner + 1);
  for (let node = 0; node < inner; node++) {
    takeChild(seen, left[node] as number, node, inner);
    takeChild(seen, right[node] as number, node, inner);
  }
}

function takeChild(seen: Uint8Array, child: number, node: number, inner: number): void {
  need((child < 0 || child > node) && !seen[child + inner + 1], "a tree's nodes do not follow from one another");
  seen[child + inner + 1] = 1;
}
