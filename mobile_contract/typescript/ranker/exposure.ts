/** The record of a slate that was shown: what the next ranker learns from. */

import type { Doc } from "../../generated/contract.ts";
import type { Shortlist } from "./shortlist.ts";

/** The document of the kind `exposure` for a slate shown on a phone at the UTC instant `shownAt`. */
export function exposureOf(list: Shortlist, referralId: string, teamId: string, shownAt: string): Doc {
  return {
    referral_id: referralId,
    team_id: teamId,
    shown_at: shownAt,
    ranked_on: "phone",
    model_version: list.model_version,
    pack_sha256: list.pack_sha256,
    policy: list.policy,
    query: list.query,
    items: list.items.map(({ kind, id, position, score, propensity, inputs }) => ({
      kind, id, position, score, propensity, inputs,
    })),
    excluded: list.excluded.map(({ kind, id, rule }) => ({ kind, id, rule })),
  };
}
