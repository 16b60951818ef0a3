/** Trees walked exactly as LightGBM walks them; `ml/models/forest.py` gives the same bits. */

import { planted, type CategorySet, type Planted, type Slot, type TreeParts } from "./planting.ts";

/** LightGBM's kZeroThreshold; what is nearer to 0 is 0. */
const ZERO = Math.fround(1e-35);

/** Rows of features in, scores and contributions out. */
export class Forest {
  private readonly planted: Planted;
  /** What each slot holds for the row at hand. */
  private readonly ready: Float64Array;

  /** Throws an Error when a tree is not one. */
  constructor(trees: TreeParts[], columns: number) {
    this.planted = planted(trees, columns);
    this.ready = new Float64Array(this.planted.slots.length);
  }

  /** The score that is expected before anything is known: the roots' sum. */
  get base(): number {
    const { roots, expected, leaf } = this.planted;
    return roots.reduce((total, root) => total + ((root < 0 ? leaf[-1 - root] : expected[root]) ?? NaN), 0);
  }

  /** The leaves' sum in tree order from 0. */
  score(row: Float64Array): number {
    const { roots, slot, threshold, left, right, leaf } = this.planted;
    const ready = this.readied(row);
    let total = 0;
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree] as number;
      while (node >= 0) {
        const place = slot[node] as number;
        const goesLeft = place >= 0 ? (ready[place] as number) <= (threshold[node] as number) : this.isInSet(place, row);
        node = (goesLeft ? left[node] : right[node]) as number;
      }
      total += leaf[-1 - node] as number;
    }
    return total;
  }

  /** Adds to `added` what each column contributed along the row's paths. */
  contribute(row: Float64Array, added: Float64Array): void {
    const { roots, slot, column, threshold, left, right, leaf, expected } = this.planted;
    const ready = this.readied(row);
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree] as number;
      while (node >= 0) {
        const place = slot[node] as number;
        const goesLeft = place >= 0 ? (ready[place] as number) <= (threshold[node] as number) : this.isInSet(place, row);
        const child = (goesLeft ? left[node] : right[node]) as number;
        const reached = (child >= 0 ? expected[child] : leaf[-1 - child]) as number;
        const read = column[node] as number;
        added[read] = (added[read] as number) + (reached - (expected[node] as number));
        node = child;
      }
    }
  }

  /** Puts a row into the slots, where `ready <= threshold` is the whole test of a node. */
  private readied(row: Float64Array): Float64Array {
    const { slots } = this.planted;
    for (let place = 0; place < slots.length; place++) {
      const { column, isZeroMissing, fill } = slots[place] as Slot;
      const raw = row[column] as number;
      const value = Math.abs(raw) <= ZERO ? 0 : raw;
      this.ready[place] = Number.isNaN(value) || (isZeroMissing && value === 0) ? fill : value;
    }
    return this.ready;
  }

  /** Whether a row's category, cut to a whole number, is in a node's set; missing, negative and others are not. */
  private isInSet(place: number, row: Float64Array): boolean {
    const { column, words } = this.planted.sets[-1 - place] as CategorySet;
    const value = row[column] as number;
    if (!(value > -1 && value < 32 * words.length)) return false;
    const bit = Math.trunc(value);
    return (((words[bit >> 5] as number) >>> (bit & 31)) & 1) === 1;
  }
}
