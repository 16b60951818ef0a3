/** When to try again: full jitter (Brooker 2015), so that phones that lost the server together do not come back together. */

import type { Chance } from "./ports.ts";

const FIRST_MS = 2_000;
const LONGEST_MS = 5 * 60_000;

/** Milliseconds to wait after `failures` (from 1) failures in a row; never less than `retryAfter` seconds. */
export function delayMs(failures: number, chance: Chance, retryAfter: number | null = null): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  const least = (retryAfter ?? 0) * 1000;
  return Math.round(least + chance() * ceiling);
}
