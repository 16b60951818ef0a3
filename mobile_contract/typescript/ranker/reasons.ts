/** Why a candidate stands where it stands: the strongest few families of features in plain sentences. */

import { DEMAND, NO_DEMAND, type Demand } from "./demand.ts";
import type { Family, Line, Pack } from "./pack.ts";
import { ENGLISH, fill, type Tongue } from "./sentences.ts";

export interface Reason {
  text: string;
  /** What its family of features added to the score: below 0 it speaks against. */
  contribution: number;
}

export interface Explanation {
  /** At most four for it, the strongest first, then at most one against it. */
  reasons: Reason[];
  /** What each family added to the score; with `Pack.base`, all of them make the score. */
  contributions: Record<string, number>;
  /** What would make it suit better, from the strongest family against it that something can be done about. */
  change: string | null;
}

const MOST_FOR = 4;
const MOST_AGAINST = 1;
/** So many families, the weightiest, may say what the card shows anyway. */
const LEADING = 2;
/** Of all that was added for a reason for it, of all that was added and taken away for one against; less is no reason. */
const LEAST_SHARE = 0.05;

/** Explains the score of a pair whose values and features are known; `server/recommend/reasons.py` does the same. */
export function explain(
  pack: Pack, known: Float64Array, row: Float64Array, demand: Demand = NO_DEMAND, tongue: Tongue = ENGLISH,
): Explanation {
  const added = pack.contributions(row);
  const all = pack.families
    .map((family) => ({ family, contribution: sumOf(pack, added, family.name) }))
    .concat({ family: familyOf(demand), contribution: -demand.demotion })
    .filter(({ contribution }) => contribution !== 0);
  const leastFor = LEAST_SHARE * all.reduce((total, { contribution }) => total + Math.max(0, contribution), 0);
  const leastAgainst = -LEAST_SHARE * all.reduce((total, { contribution }) => total + Math.abs(contribution), 0);
  const leading = all.map(({ contribution }) => Math.abs(contribution)).sort((a, b) => a - b).slice(-LEADING)[0] ?? 0;
  const weighed = [...all].sort((a, b) => b.contribution - a.contribution);
  const reasons = weighed.flatMap(({ family, contribution }) => {
    const isStrong = contribution > leastFor || contribution < leastAgainst;
    const text = isStrong && sentence(pack, family.lines, known, signs(contribution, leading), tongue);
    return text ? [{ text, contribution }] : [];
  });
  const changes = weighed
    .filter(({ contribution }) => contribution < 0)
    .map(({ family }) => sentence(pack, family.changes, known, [0, -1], tongue))
    .filter((change) => change !== undefined);
  return {
    reasons: few(reasons),
    contributions: Object.fromEntries(all.map(({ family, contribution }) => [family.name, contribution])),
    change: changes.at(-1) ?? null,
  };
}

function familyOf({ text }: Demand): Family {
  return { name: DEMAND, lines: text === null ? [] : [{ when: () => 1, text, sign: 0 }], changes: [] };
}

function few(reasons: Reason[]): Reason[] {
  const best = reasons.filter(({ contribution }) => contribution > 0).slice(0, MOST_FOR);
  return [...best, ...reasons.filter(({ contribution }) => contribution < 0).slice(-MOST_AGAINST)];
}

function sumOf(pack: Pack, added: Float64Array, family: string): number {
  let total = 0;
  for (let i = 0; i < added.length; i++) if (pack.familyOf[i] === family) total += added[i] as number;
  return total;
}

/** The signs of the lines that may be said: 2 and -2 mark what is only said when it weighs most. */
function signs(contribution: number, leading: number): number[] {
  const direction = Math.sign(contribution);
  return Math.abs(contribution) >= leading ? [0, direction, 2 * direction] : [0, direction];
}

/** The first sentence that is true, of one of the signs and of known values. */
function sentence(pack: Pack, lines: Line[], known: Float64Array, said: number[], tongue: Tongue): string | undefined {
  for (const { when, text, sign } of lines) {
    if (!said.includes(sign)) continue;
    const full = when(known) > 0 ? fill(text, (name) => pack.value(known, name), tongue) : undefined;
    if (full !== undefined) return full;
  }
  return undefined;
}
