/** From a score to a chance: straight lines between breakpoints; `ml/models/calibration.py` gives the same bits. */

import { checkNumbers, need } from "./shape.ts";

/** `scores` rise strictly; `chances`, from 0 to 1, never fall. */
export interface CalibrationParts {
  scores: number[];
  chances: number[];
}

/** Throws an Error when the parts describe no map. */
export function checkCalibration({ scores, chances }: CalibrationParts): void {
  checkNumbers("a calibration's scores", scores, scores.length);
  checkNumbers("a calibration's chances", chances, scores.length);
  need(scores.length > 0, "a calibration without a breakpoint");
  need(scores.every((score, i) => i === 0 || isStep(score - at(scores, i - 1))), "a calibration's scores must rise");
  const neverFall = chances.every((chance, i) => chance >= (chances[i - 1] ?? 0) && chance <= 1);
  need(neverFall, "a calibration's chances must lie between 0 and 1 and never fall");
}

/**
 * The chance at a score: below and above all breakpoints that of the nearest; NaN when the score is NaN. Between
 * breakpoints a and b, rounding after each step: share = (score - a) / (b - a), then low + share * (high - low), then
 * no more than high, as rounding may pass it by a bit.
 */
export function chanceOf({ scores, chances }: CalibrationParts, score: number): number {
  const last = scores.length - 1;
  if (Number.isNaN(score)) return NaN;
  if (score <= at(scores, 0)) return at(chances, 0);
  if (score >= at(scores, last)) return at(chances, last);
  const above = firstAbove(scores, score);
  const share = (score - at(scores, above - 1)) / (at(scores, above) - at(scores, above - 1));
  const between = at(chances, above - 1) + share * (at(chances, above) - at(chances, above - 1));
  return Math.min(between, at(chances, above));
}

/** A chance as people say it: about 3 in 10. */
export function inTenths(chance: number): string {
  const tenths = Math.floor(10 * chance + 0.5);
  return tenths === 0 ? "fewer than 1 in 20" : tenths === 10 ? "more than 19 in 20" : `about ${tenths} in 10`;
}

function isStep(step: number): boolean {
  return step > 0 && Number.isFinite(step);
}

function at(list: number[], place: number): number {
  return list[place] ?? NaN;
}

/** The place of the first of rising numbers that is greater than `wanted`. */
function firstAbove(rising: number[], wanted: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(rising, middle) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
