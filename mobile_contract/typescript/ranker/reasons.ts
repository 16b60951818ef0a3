/** Why a candidate stands where it stands: one plain sentence a family of features, and what each added. */

import type { Line, Pack } from "./pack.ts";
import { fill } from "./sentences.ts";

export interface Reason {
  text: string;
  /** What the family added to the score; with `Pack.base`, all of them make the score. */
  contribution: number;
}

export interface Explanation {
  /** The strongest for it first, the strongest against it last. */
  reasons: Reason[];
  /** What would make it suit better, from the strongest reason against it that something can be done about. */
  change: string | null;
}

/** Explains the score of a pair whose values and features are known; `server/recommend/reasons.py` does the same. */
export function explain(pack: Pack, known: Float64Array, row: Float64Array): Explanation {
  const added = pack.contributions(row);
  const say = (text: string): string => fill(text, (name) => pack.value(known, name));
  const weighed = pack.families
    .map((family) => ({ family, contribution: sumOf(pack, added, family.name) }))
    .filter(({ contribution }) => contribution !== 0)
    .sort((a, b) => b.contribution - a.contribution);
  const changes = weighed
    .filter(({ contribution }) => contribution < 0)
    .map(({ family }) => trueLine(family.changes, known, -1))
    .filter((line) => line !== undefined);
  const last = changes.at(-1);
  return {
    reasons: weighed.map(({ family, contribution }) => ({
      text: say(trueLine(family.lines, known, Math.sign(contribution))?.text ?? ""),
      contribution,
    })),
    change: last ? say(last.text) : null,
  };
}

function sumOf(pack: Pack, added: Float64Array, family: string): number {
  let total = 0;
  pack.familyOf.forEach((name, i) => {
    if (name === family) total += added[i] ?? 0;
  });
  return total;
}

function trueLine(lines: Line[], known: Float64Array, sign: number): Line | undefined {
  return lines.find((line) => (line.sign === 0 || line.sign === sign) && line.when(known) > 0);
}
