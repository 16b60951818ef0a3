/** UUID version 7 (RFC 9562, 5.7): ids that sort by when they were made. */

import type { Chance } from "./ports.ts";

/** Makes an id from `now` (ms since 1970) and 74 bits of `chance`. */
export function uuid7(now: number, chance: Chance): string {
  const time = Math.floor(now).toString(16).padStart(12, "0").slice(-12);
  const variant = (8 + Math.floor(chance() * 4)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3, chance)}-${variant}${digits(3, chance)}-${digits(12, chance)}`;
}

function digits(count: number, chance: Chance): string {
  let text = "";
  while (text.length < count) text += Math.floor(chance() * 16).toString(16);
  return text;
}

/** Chance from the system's source of random numbers. */
export function secureChance(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}
