/** States as people say them, and a colour to go beside the words. */

import type { PlacementDoc, ReferralDoc, TaskDoc } from "@generated/contract.ts";

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

const task = (state: TaskDoc["status"], colour: string): Words => ({ get text() { return t(`status.task.${state}`); }, colour });

export const TASK_STATUS: { readonly [S in TaskDoc["status"]]: Words } = {
  open: task("open", "green"), claimed: task("claimed", "yellow"), done: task("done", "grey"), expired: task("expired", "grey"),
  cancelled: task("cancelled", "grey"),
};

/** What a volunteer has said of a task and the server has not heard yet. */
export const TASK_WAITING: { readonly [command: string]: string } = {
  get complete() { return t("status.waiting.complete"); },
  get release() { return t("status.waiting.release"); },
  get set_out() { return t("status.waiting.set_out"); },
};

/** A referral that needs no more work. */
export const ENDED: readonly ReferralDoc["status"][] = ["declined", "nothing_suitable", "closed", "sustained"];
