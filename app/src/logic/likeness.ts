/** Is somebody new really new? Compared by name and birth date, on the phone, before a second record is made. */

export interface Named {
  readonly id: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly birth_on: string | null;
}

export interface Likeness {
  readonly id: string;
  /** From 0 to 1; what is shown is at least `LIKELY`. */
  readonly score: number;
  readonly why: LikeReason;
}

export type LikeReason = "sameBirthSameName" | "sameBirthLikeName" | "likeBoth" | "sameName" | "likeName";

export const LIKELY = 0.8;

/** Those who may be the same person, most alike first. */
export function alike(one: Omit<Named, "id">, others: readonly Named[]): Likeness[] {
  if (!plain(one.given_name) || !plain(one.family_name)) return [];
  return others
    .map((other) => compare(one, other))
    .filter((likeness) => likeness.score >= LIKELY)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function compare(one: Omit<Named, "id">, other: Named): Likeness {
  const both = one.birth_on !== null && other.birth_on !== null;
  // Most of a caseload was born on quite another day: their names need no look.
  const apart = both && one.birth_on !== other.birth_on && !datesMixedUp(one.birth_on ?? "", other.birth_on ?? "");
  if (apart) return { id: other.id, score: 0, why: "likeName" };
  const name = nameScore(one, other);
  if (both && one.birth_on === other.birth_on) {
    // The same day of birth makes a rather different name worth a look, but not any name.
    const score = name >= 0.6 ? 0.7 + 0.3 * name : 0;
    return { id: other.id, score, why: name === 1 ? "sameBirthSameName" : "sameBirthLikeName" };
  }
  if (both) {
    return { id: other.id, score: name >= 0.85 ? 0.9 * name : 0, why: "likeBoth" };
  }
  return { id: other.id, score: name >= 0.9 ? name * 0.9 : 0, why: name === 1 ? "sameName" : "likeName" };
}

function nameScore(one: Omit<Named, "id">, other: Named): number {
  const [given, family] = [plain(one.given_name), plain(one.family_name)];
  const [otherGiven, otherFamily] = [plain(other.given_name), plain(other.family_name)];
  const straight = (closeness(given, otherGiven) + closeness(family, otherFamily)) / 2;
  const crossed = (closeness(given, otherFamily) + closeness(family, otherGiven)) / 2;
  return Math.max(straight, crossed);
}

/** Lower case, no accents, nothing but letters. */
export function plain(name: string): string {
  return name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^\p{L}]/gu, "");
}

/** 1 for equal words, less by the share of letters that differ; a short form (Liz, Elizabeth) counts as near. */
function closeness(a: string, b: string): number {
  if (a === b) return 1;
  const longer = Math.max(a.length, b.length);
  const edits = 1 - editDistance(a, b) / longer;
  const shorter = Math.min(a.length, b.length);
  const short = shorter >= 3 && (a.startsWith(b) || b.startsWith(a)) ? 0.85 : 0;
  return Math.max(edits, short);
}

/** Letters added, dropped, changed or swapped with a neighbour. Source: optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const now = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      now.push(least);
    }
    before = last;
    last = now;
  }
  return last[b.length] ?? 0;
}

/** Day and month swapped, or one figure different. */
function datesMixedUp(a: string, b: string): boolean {
  const [ay, am, ad] = a.split("-");
  const [by, bm, bd] = b.split("-");
  if (ay === by && am === bd && ad === bm) return true;
  let different = 0;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) different += 1;
  return different === 1;
}
