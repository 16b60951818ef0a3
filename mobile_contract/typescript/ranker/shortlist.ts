/** From candidates to a slate: eligibility, order, exploration, reasons; `server/recommend/slate.py` gives the same slate. */

import type { Doc } from "../../generated/contract.ts";
import { DEMAND_POLICY, demandOf, type Demand } from "./demand.ts";
import { explored, policyOf, propensity } from "./explore.ts";
import { askedFor, candidateRow, named, queryInputs, type Inputs, type RankedKind } from "./inputs.ts";
import { descending } from "./order.ts";
import { rulesPack, type Pack, type Rule } from "./pack.ts";
import { explain, type Reason } from "./reasons.ts";
import { ENGLISH, fill, type Tongue } from "./sentences.ts";
import { dayOf, nextSessions, type Session } from "./sessions.ts";

export interface Candidate {
  kind: RankedKind;
  id: string;
  doc: Doc;
  /** The documents of its regular times. */
  schedules: Doc[];
  /** The document of its counts, null before the first. */
  place_count: Doc | null;
}

export interface Request {
  /** null ranks by rules. */
  pack: Pack | null;
  referral: Doc;
  person: Doc;
  candidates: Candidate[];
  /** The local date, such as 2026-11-21. */
  today: string;
  /** Lines on the slate, 10 unless told. */
  limit?: number;
  referralId: string;
  /** Days since the phone last heard that the pack is the serving one. */
  packAgeDays?: number;
  /** In which language reasons and rules are told, English unless told. */
  tongue?: Tongue;
}

export interface ShownItem {
  kind: RankedKind;
  id: string;
  position: number;
  score: number;
  /** The chance of this item at this position. */
  propensity: number;
  reasons: Reason[];
  /** Family of features → what it added; all of them and `Shortlist.base` make the score. */
  contributions: Record<string, number>;
  change: string | null;
  /** That somebody goes at least once whom something suits as well, 0 to 1; null when the ranker tells no chances. */
  chance: number | null;
  chance_text: string | null;
  /** As the crow flies; null when it comes to the person or its place is not known. */
  distance_km: number | null;
  next_session: Session | null;
  places_open: number | null;
  inputs: Inputs;
}

export interface ExcludedItem {
  kind: RankedKind;
  id: string;
  rule: string;
  text: string;
  change: string | null;
}

export interface UnshownItem {
  kind: RankedKind;
  id: string;
}

export interface Shortlist {
  items: ShownItem[];
  /** What was eligible and is not among the items, in order of rank; the first 200. */
  unshown: UnshownItem[];
  excluded: ExcludedItem[];
  query: Inputs;
  model_version: string;
  pack_sha256: string | null;
  policy: string;
  /** The score of a typical candidate, to which the contributions add. */
  base: number;
  /** What the person should be told of how this was ranked; null when all is as usual. */
  notice: string | null;
}

interface Pair {
  candidate: Candidate;
  /** Its inputs by place. */
  inputs: Float64Array;
  known: Float64Array;
  row: Float64Array;
  demand: Demand;
  /** The ranker's own, and the same less what demand takes off. */
  suits: number;
  score: number;
}

/** The contract takes no more of them in one exposure. */
const MOST_UNSHOWN = 200;
export const MOST_PACK_AGE_DAYS = 30;
const NO_PACK = "Ranked by plain rules, as no trained ranker can be had at the moment.";
/** For a rule whose own sentence cannot be said: one of a pack that is newer than this app. */
const UNSAID = "It does not fit what was recorded.";
const OFTEN = "Of people whom something suited as well, {chance|tenths} went at least once.";
const OLD_PACK = "Ranked by plain rules, as the trained ranker here is more than 30 days old.";

/** Ranks the candidates of one referral. */
export function shortlist(request: Request): Shortlist {
  const { referral, person, candidates, today, referralId, limit = 10, tongue = ENGLISH } = request;
  const notice = noticeOf(request);
  const pack = notice === null && request.pack ? request.pack : rulesPack();
  const query = queryInputs(referral, person, today);
  const excluded: ExcludedItem[] = [];
  const ranked: Pair[] = [];
  const asked = pack.asked(query);
  const known = new Float64Array(asked.length);
  for (const candidate of candidates) {
    const inputs = rowOf(candidate, today);
    const rule = pack.judge(asked, inputs, known);
    if (rule) excluded.push(excludedItem(pack, candidate, known, rule, tongue));
    else ranked.push(pairOf(pack, candidate, inputs, known.slice()));
  }
  ranked.sort(byScore);
  const slate = ranked.slice(0, limit);
  const items = explored(referralId, slate.length).flatMap((rank, position) => {
    const pair = slate[rank];
    return pair ? [shownItem(pack, pair, position, propensity(rank, position, slate.length), today, tongue)] : [];
  });
  return {
    items,
    unshown: ranked.slice(limit, limit + MOST_UNSHOWN).map(({ candidate: { kind, id } }) => ({ kind, id })),
    excluded: excluded.sort((a, b) => byId(a, b)),
    query,
    model_version: pack.version,
    pack_sha256: pack.sha256,
    policy: policyOf(notice === null ? "ranked" : "rules", DEMAND_POLICY),
    base: pack.base,
    notice: notice && (tongue.template(notice) ?? notice),
  };
}

/** Who is asked about changes from one referral to the next, what there is does not: it is read once a day. */
const rows = new WeakMap<Candidate, { readonly today: string; readonly row: Float64Array }>();

function rowOf(candidate: Candidate, today: string): Float64Array {
  const kept = rows.get(candidate);
  if (kept?.today === today) return kept.row;
  const row = candidateRow(candidate.kind, candidate.doc, candidate.schedules, candidate.place_count, today);
  rows.set(candidate, { today, row });
  return row;
}

function noticeOf({ pack, packAgeDays = 0 }: Request): string | null {
  if (!pack) return NO_PACK;
  return packAgeDays > MOST_PACK_AGE_DAYS ? OLD_PACK : null;
}

function pairOf(pack: Pack, candidate: Candidate, inputs: Float64Array, known: Float64Array): Pair {
  const row = pack.row(known);
  const demand = demandOf(askedFor(inputs));
  const suits = pack.score(row);
  return { candidate, inputs, known, row, demand, suits, score: suits - demand.demotion };
}

function byScore(a: Pair, b: Pair): number {
  return descending(a.score, b.score) || byId(a.candidate, b.candidate);
}

function byId(a: { id: string; kind: string }, b: { id: string; kind: string }): number {
  return compare(a.id, b.id) || compare(a.kind, b.kind);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function excludedItem(pack: Pack, { kind, id }: Candidate, known: Float64Array, rule: Rule, tongue: Tongue): ExcludedItem {
  const say = (text: string | null): string | null =>
    text === null ? null : (fill(text, (name) => pack.value(known, name), tongue) ?? null);
  return { kind, id, rule: rule.name, text: say(rule.text) ?? tongue.template(UNSAID) ?? UNSAID, change: say(rule.change) };
}

function shownItem(pack: Pack, pair: Pair, position: number, propensity: number, today: string, tongue: Tongue): ShownItem {
  const { candidate, known, row, demand, suits, score } = pair;
  const inputs = named(pair.inputs);
  const metres = pack.value(known, "ground_m");
  const chance = pack.chance(suits);
  return {
    kind: candidate.kind,
    id: candidate.id,
    position,
    score,
    propensity,
    ...explain(pack, known, row, demand, tongue),
    chance,
    chance_text: chance === null ? null : (fill(OFTEN, () => chance, tongue) ?? null),
    distance_km: inputs.online || inputs.at_home || Number.isNaN(metres) ? null : metres / 1000,
    next_session: nextSessions(candidate.schedules, dayOf(today) ?? NaN)[0] ?? null,
    places_open: inputs.places_open ?? null,
    inputs,
  };
}
