/** Trees walked exactly as LightGBM walks them; `ml/models/forest.py` gives the same bits. */

/**
 * [column, threshold, decision, left, right, leaf, expected, words]. A child below 0 is leaf -1 - child; a threshold
 * of null is infinite.
 */
export type TreeParts = [number[], (number | null)[], number[], number[], number[], number[], number[], number[][]];

interface Tree {
  column: Int32Array;
  threshold: Float64Array;
  decision: Uint8Array;
  left: Int32Array;
  right: Int32Array;
  leaf: Float64Array;
  expected: Float64Array;
  words: Int32Array[];
}

/** LightGBM's kZeroThreshold; what is nearer to 0 is 0. */
const ZERO = Math.fround(1e-35);
const MOST_LEAVES = 64;
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const ZERO_MISSING = 1;
const NAN_MISSING = 2;

/** Rows of features in, scores and contributions out. */
export class Forest {
  private readonly trees: Tree[];

  /** Throws an Error when a tree is not one. */
  constructor(parts: TreeParts[], columns: number) {
    this.trees = parts.map((tree) => treeOf(tree, columns));
  }

  /** The score that is expected before anything is known: the roots' sum. */
  get base(): number {
    return this.trees.reduce((total, tree) => total + (tree.expected[0] ?? tree.leaf[0] ?? NaN), 0);
  }

  /** The leaves' sum in tree order from 0. */
  score(row: Float64Array): number {
    const seen = cleaned(row);
    let total = 0;
    for (const tree of this.trees) {
      let node = tree.column.length ? 0 : -1;
      while (node >= 0) node = nextOf(tree, node, seen);
      total += tree.leaf[-1 - node] ?? NaN;
    }
    return total;
  }

  /** Adds to `added` what each column contributed along the row's paths. */
  contribute(row: Float64Array, added: Float64Array): void {
    const seen = cleaned(row);
    for (const tree of this.trees) {
      for (let node = tree.column.length ? 0 : -1; node >= 0; ) {
        const child = nextOf(tree, node, seen);
        const reached = (child >= 0 ? tree.expected[child] : tree.leaf[-1 - child]) ?? NaN;
        const column = tree.column[node] ?? 0;
        added[column] = (added[column] ?? 0) + (reached - (tree.expected[node] ?? NaN));
        node = child;
      }
    }
  }
}

function cleaned(row: Float64Array): Float64Array {
  const seen = new Float64Array(row);
  for (let i = 0; i < seen.length; i++) if (Math.abs(seen[i] ?? 0) <= ZERO) seen[i] = 0;
  return seen;
}

function nextOf(tree: Tree, node: number, row: Float64Array): number {
  const value = row[tree.column[node] ?? 0] ?? NaN;
  const decision = tree.decision[node] ?? 0;
  const left = decision & CATEGORICAL ? inWords(tree, node, value) : isLeft(tree, node, value, decision);
  return (left ? tree.left[node] : tree.right[node]) ?? -1;
}

function isLeft(tree: Tree, node: number, value: number, decision: number): boolean {
  const missing = (decision >> 2) & 3;
  const known = Number.isNaN(value) && missing !== NAN_MISSING ? 0 : value;
  if ((missing === ZERO_MISSING && known === 0) || (missing === NAN_MISSING && Number.isNaN(known))) {
    return (decision & DEFAULT_LEFT) !== 0;
  }
  return known <= (tree.threshold[node] ?? NaN);
}

function inWords(tree: Tree, node: number, value: number): boolean {
  const words = tree.words[tree.threshold[node] ?? 0];
  if (!words || !(value > -1 && value < 32 * words.length)) return false;
  const place = Math.trunc(value);
  return (((words[place >> 5] ?? 0) >>> (place & 31)) & 1) === 1;
}

function treeOf(parts: TreeParts, columns: number): Tree {
  const [column, threshold, decision, left, right, leaf, expected, words] = parts;
  const inner = column.length;
  if ([threshold, decision, left, right, expected].some((part) => part.length !== inner) || leaf.length > MOST_LEAVES) {
    throw new Error("a tree's parts differ in length, or it has too many leaves");
  }
  const children = [...left, ...right].sort((a, b) => a - b);
  const wanted = inner ? [...range(-leaf.length, 0), ...range(1, inner)] : [];
  const inOrder = column.every((_, node) => isLater(left[node], node) && isLater(right[node], node));
  if (leaf.length !== inner + 1 || !inOrder || children.some((child, i) => child !== wanted[i])) {
    throw new Error("a tree's nodes do not follow from one another");
  }
  if (column.some((place) => !(place >= 0 && place < columns))) throw new Error("a tree reads a column that is no feature");
  return {
    column: Int32Array.from(column),
    threshold: Float64Array.from(threshold, (value) => value ?? Infinity),
    decision: Uint8Array.from(decision),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    leaf: Float64Array.from(leaf),
    expected: Float64Array.from(expected),
    words: words.map((set) => Int32Array.from(set, (word) => word | 0)),
  };
}

function isLater(child: number | undefined, node: number): boolean {
  return child !== undefined && (child < 0 || child > node);
}

function range(from: number, until: number): number[] {
  return Array.from({ length: until - from }, (_, i) => from + i);
}
