/** Ranking on the phone: load a pack, make a shortlist. */

export { loadPack } from "./loading.ts";
export { Pack, PackError, rulesPack, type PackProblem } from "./pack.ts";
export {
  MOST_PACK_AGE_DAYS,
  shortlist,
  type Candidate,
  type ExcludedItem,
  type Request,
  type Shortlist,
  type ShownItem,
} from "./shortlist.ts";
export { candidateInputs, queryInputs, type Inputs, type RankedKind } from "./inputs.ts";
export { nextSessions, type Session } from "./sessions.ts";
export type { Reason } from "./reasons.ts";
export { ENGLISH, type Tongue } from "./sentences.ts";
