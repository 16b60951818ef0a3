/** States as people say them, and a colour to go beside the words. */

import type { PlacementDoc, ReferralDoc } from "@generated/contract.ts";

import { t } from "./t.ts";

interface Words {
  readonly text: string;
  readonly colour: string;
}

export const REFERRAL_STATUS: { readonly [S in ReferralDoc["status"]]: Words } = {
  received: { get text() { return t("referral.states.received"); }, colour: "blue" },
  contacted: { get text() { return t("referral.states.contacted"); }, colour: "aqua-green" },
  shortlisted: { get text() { return t("referral.states.shortlisted"); }, colour: "aqua-green" },
  offered: { get text() { return t("referral.states.offered"); }, colour: "yellow" },
  accepted: { get text() { return t("referral.states.accepted"); }, colour: "yellow" },
  started: { get text() { return t("referral.states.started"); }, colour: "green" },
  sustained: { get text() { return t("referral.states.sustained"); }, colour: "green" },
  declined: { get text() { return t("referral.states.declined"); }, colour: "grey" },
  nothing_suitable: { get text() { return t("referral.states.nothing_suitable"); }, colour: "orange" },
  closed: { get text() { return t("referral.states.closed"); }, colour: "grey" },
};

export const PLACEMENT_STATUS: { readonly [S in PlacementDoc["status"]]: Words } = {
  chosen: { get text() { return t("referral.placement.states.chosen"); }, colour: "aqua-green" },
  offered: { get text() { return t("referral.placement.states.offered"); }, colour: "yellow" },
  accepted: { get text() { return t("referral.placement.states.accepted"); }, colour: "yellow" },
  started: { get text() { return t("referral.placement.states.started"); }, colour: "green" },
  sustained: { get text() { return t("referral.placement.states.sustained"); }, colour: "green" },
  declined: { get text() { return t("referral.placement.states.declined"); }, colour: "grey" },
  ended: { get text() { return t("referral.placement.states.ended"); }, colour: "grey" },
};

/** A referral that needs no more work. */
export const ENDED: readonly ReferralDoc["status"][] = ["declined", "nothing_suitable", "closed", "sustained"];
