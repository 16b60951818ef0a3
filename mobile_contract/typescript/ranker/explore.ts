/** Swapping two neighbours in one slate of ten, with a chance that is known exactly; `server/recommend/explore.py` does the same. */

/** The chance that a slate is explored: 429496730 of 2^32 hashes. */
export const EXPLORED = 429496730;
const HASHES = 4294967296;

/** Names how a slate came about; `server/recommend/explore.py` gives the same name. */
export function policyOf(order: "ranked" | "rules", ...demotions: readonly string[]): string {
  return [order, ...demotions, `swap${Math.round((100 * EXPLORED) / HASHES)}`].join("-");
}

/** A 32-bit hash: FNV-1a, then the finaliser of MurmurHash3, as FNV alone leaves short texts alike. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** For each position, which rank is shown there, both from 0. */
export function explored(referralId: string, size: number): number[] {
  const order = Array.from({ length: size }, (_, rank) => rank);
  if (size < 2 || hash32(`${referralId}/explore`) >= EXPLORED) return order;
  const upper = Math.floor((hash32(`${referralId}/pair`) * (size - 1)) / HASHES);
  [order[upper], order[upper + 1]] = [upper + 1, upper];
  return order;
}

/** The chance that the item of `rank` is shown at `position` of a slate of `size`. */
export function propensity(rank: number, position: number, size: number): number {
  const chance = EXPLORED / HASHES;
  if (size < 2) return 1;
  if (rank !== position) return chance / (size - 1);
  const pairs = rank === 0 || rank === size - 1 ? 1 : 2;
  return 1 - (chance * pairs) / (size - 1);
}
