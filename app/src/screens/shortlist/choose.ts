/** What a person decides about a line: they take it, or they say no and why. */

import type { PlacementDoc } from "@generated/contract.ts";
import { choiceOf } from "../../data/choice.ts";
import type { Item } from "../../data/live.ts";
import { command, create, moveReferral, patch } from "../../data/write.ts";
import { runsCourse } from "../../logic/events.ts";
import { at, go } from "../../router.ts";
import { type Reach, today } from "../../ui/context.ts";
import { addDays, instantOf } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

/** What was looked at, and how it was come by. */
export interface Picked {
  readonly kind: PlacementDoc["item_kind"];
  readonly id: string;
  readonly name: string;
  /** Its place on the slate that was shown, from 0; null for what stood further down or was found in the directory. */
  readonly position: number | null;
  readonly exposureId: string | null;
}

const OFFER_DAYS = 7;

/** Choose: a placement, a request for a place that the server decides, and the referral moves on. On a course people are enrolled by hand. */
export async function choose(reach: Reach, picked: Picked, referral: Item<"referral">): Promise<boolean> {
  const placements = (await reach.kith.client.list("placement")).map(({ doc }) => doc as unknown as PlacementDoc);
  if (choiceOf(placements, referral.id, picked.id) === "stands") return false;
  const placement = await create(reach, "placement", { ...placementOf(picked, referral), exposure_id: picked.exposureId, position: picked.position });
  const until = `${addDays(today(), OFFER_DAYS)}T23:59:59Z`;
  const byCourse = runsCourse(picked.id, (await reach.kith.client.list("course")) as unknown as Item<"course">[], today());
  if (!byCourse) await command(reach, "placement", placement, "offer_place", {}, until);
  const moved = byCourse ? [] : await moveReferral(reach, referral, "offered");
  reach.say(t(byCourse ? "shortlist.said.choseCourse" : "shortlist.said.chose", { name: picked.name }), [...moved.reverse(), ...(await reach.midsOf(placement))]);
  go(at("referrals", referral.id));
  return true;
}

/**
 * They said no to a line, and why. It never was a choice from the slate, so the record does not name the slate: there the
 * line stays as what it was, shown and not chosen.
 */
export async function decline(reach: Reach, picked: Picked, referral: Item<"referral">, reason: NonNullable<PlacementDoc["reason"]>): Promise<void> {
  const placement = await create(reach, "placement", placementOf(picked, referral));
  await patch(reach, "placement", placement, { status: "declined", reason, outcome_on: today() });
  reach.say(t("shortlist.said.declined", { name: picked.name }), await reach.midsOf(placement));
}

function placementOf({ kind, id }: Picked, referral: Item<"referral">) {
  return {
    referral_id: referral.id, person_id: referral.doc.person_id, team_id: referral.doc.team_id,
    item_kind: kind, item_id: id, chosen_at: instantOf(new Date()),
  };
}
