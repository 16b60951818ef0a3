/** What suits a volunteer, and whom a task suits; `server/recommend/volunteers/rank.py` gives the same lists. */

import { explored, policyOf, propensity } from "../explore.ts";
import type { Inputs } from "../inputs.ts";
import { descending } from "../order.ts";
import { loadPack } from "../loading.ts";
import { Pack, type InputSet, type Rule } from "../pack.ts";
import { explain, type Reason } from "../reasons.ts";
import { ENGLISH, fill, type Tongue } from "../sentences.ts";
import { INPUTS, LANGUAGE, RULES_PACK, STEP } from "./rules.ts";

export interface Offered {
  kind: "task" | "opportunity" | "volunteer";
  id: string;
  inputs: Inputs;
}

export interface Suited {
  kind: Offered["kind"];
  id: string;
  position: number;
  score: number;
  /** What is taken off for what was asked of them of late; lines are in order of score less demotion. */
  demotion: number;
  /** The chance of this line at this position. */
  propensity: number;
  reasons: Reason[];
  /** Family of features → what it added; all of them and `Ranking.base` make the score. */
  contributions: Record<string, number>;
  change: string | null;
  /** As the crow flies; null when done from home or not known. */
  distance_km: number | null;
}

export interface Unsuited {
  kind: Offered["kind"];
  id: string;
  rule: string;
  text: string;
  change: string | null;
}

export interface Ranking {
  items: Suited[];
  excluded: Unsuited[];
  model_version: string;
  pack_sha256: string | null;
  policy: string;
  base: number;
  /** What is to be told of how this was ranked; null when all is as usual. */
  notice: string | null;
}

/** How to rank: null packs rank by rules; `seed` decides what is explored. */
export interface How {
  pack: Pack | null;
  seed: string;
  limit?: number;
  /** In which language reasons and rules are told, English unless told. */
  tongue?: Tongue;
}

interface Line {
  candidate: Offered;
  known: Float64Array;
  row: Float64Array;
  score: number;
  demotion: number;
}

/** What packs of the volunteers' set read. */
export const VOLUNTEERS: InputSet = { inputs: INPUTS, language: LANGUAGE };

const NO_PACK = "Ranked by plain rules, as no trained ranker can be had at the moment.";
const UNSAID = "It does not fit what was recorded.";

/** Unfolds a pack of the volunteers' set; see `loadPack`. */
export function loadVolunteersPack(bytes: Uint8Array, expected: { version?: string; sha256?: string } = {}): Promise<Pack> {
  return loadPack(bytes, expected, VOLUNTEERS);
}

/** Ranks what suits a volunteer. */
export function tasksForVolunteer(volunteer: Inputs, tasks: readonly Offered[], how: How): Ranking {
  return ranking(tasks, (pack, { inputs }) => pack.known(volunteer, inputs), () => 0, [], how);
}

/** Ranks whom a task suits, those of whom less was asked of late before others. */
export function volunteersForTask(task: Inputs, volunteers: readonly Offered[], how: How): Ranking {
  return ranking(volunteers, (pack, { inputs }) => pack.known(task, inputs), demotionOf, [`share${STEP}`], how);
}

/** What is taken off a score for each ask in the last 30 days. */
function demotionOf({ inputs }: Offered): number {
  return STEP * (inputs.asks_30d ?? 0);
}

function ranking(
  candidates: readonly Offered[], knownOf: (pack: Pack, candidate: Offered) => Float64Array,
  takenOff: (candidate: Offered) => number, demotions: readonly string[], { pack: trained, seed, limit = 10, tongue = ENGLISH }: How,
): Ranking {
  const pack = trained ?? new Pack(RULES_PACK, null, VOLUNTEERS);
  const excluded: Unsuited[] = [];
  const lines: Line[] = [];
  for (const candidate of candidates) {
    const known = knownOf(pack, candidate);
    const rule = pack.firstRule(known);
    const row = pack.row(known);
    if (rule) excluded.push(unsuited(pack, candidate, known, rule, tongue));
    else lines.push({ candidate, known, row, score: pack.score(row), demotion: takenOff(candidate) });
  }
  const best = lines.sort(byStanding).slice(0, limit);
  const items = explored(seed, best.length).flatMap((rank, position) => {
    const line = best[rank];
    return line ? [suited(pack, line, position, propensity(rank, position, best.length), tongue)] : [];
  });
  return {
    items,
    excluded: excluded.sort(byId),
    model_version: pack.version,
    pack_sha256: pack.sha256,
    policy: policyOf(trained ? "ranked" : "rules", ...demotions),
    base: pack.base,
    notice: trained ? null : (tongue.template(NO_PACK) ?? NO_PACK),
  };
}

function byStanding(a: Line, b: Line): number {
  return descending(a.score - a.demotion, b.score - b.demotion) || byId(a.candidate, b.candidate);
}

function byId(a: { id: string; kind: string }, b: { id: string; kind: string }): number {
  return compare(a.id, b.id) || compare(a.kind, b.kind);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unsuited(pack: Pack, { kind, id }: Offered, known: Float64Array, rule: Rule, tongue: Tongue): Unsuited {
  const say = (text: string | null): string | null =>
    text === null ? null : (fill(text, (name) => pack.value(known, name), tongue) ?? null);
  return { kind, id, rule: rule.name, text: say(rule.text) ?? tongue.template(UNSAID) ?? UNSAID, change: say(rule.change) };
}

function suited(pack: Pack, { candidate, known, row, score, demotion }: Line, position: number, chance: number, tongue: Tongue): Suited {
  const metres = pack.value(known, "ground_m");
  const away = pack.value(known, "from_home") > 0 || Number.isNaN(metres) ? null : metres / 1000;
  const { kind, id } = candidate;
  return { kind, id, position, score, demotion, propensity: chance, ...explain(pack, known, row, undefined, tongue), distance_km: away };
}
