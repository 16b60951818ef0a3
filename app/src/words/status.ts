/** States as people say them, and a colour to go beside the words. */

import type { PlacementDoc, ReferralDoc, TaskDoc } from "@generated/contract.ts";

interface Words {
  readonly text: string;
  readonly colour: string;
}

export const REFERRAL_STATUS: { readonly [S in ReferralDoc["status"]]: Words } = {
  received: { text: "New", colour: "blue" },
  contacted: { text: "Contacted", colour: "aqua-green" },
  shortlisted: { text: "Shortlisted", colour: "aqua-green" },
  offered: { text: "Place asked for", colour: "yellow" },
  accepted: { text: "Accepted", colour: "yellow" },
  started: { text: "Started", colour: "green" },
  sustained: { text: "Still going", colour: "green" },
  declined: { text: "Declined", colour: "grey" },
  nothing_suitable: { text: "Nothing suitable", colour: "orange" },
  closed: { text: "Closed", colour: "grey" },
};

export const PLACEMENT_STATUS: { readonly [S in PlacementDoc["status"]]: Words } = {
  chosen: { text: "Chosen", colour: "aqua-green" },
  offered: { text: "Place asked for", colour: "yellow" },
  accepted: { text: "Accepted", colour: "yellow" },
  started: { text: "Started", colour: "green" },
  sustained: { text: "Still going", colour: "green" },
  declined: { text: "Declined", colour: "grey" },
  ended: { text: "Ended", colour: "grey" },
};

export const TASK_STATUS: { readonly [S in TaskDoc["status"]]: Words } = {
  open: { text: "Open", colour: "green" },
  claimed: { text: "Taken", colour: "yellow" },
  done: { text: "Done", colour: "grey" },
  expired: { text: "Ran out", colour: "grey" },
  cancelled: { text: "Called off", colour: "grey" },
};

/** What a volunteer has said of a task and the server has not heard yet. */
export const TASK_WAITING: { readonly [command: string]: string } = { complete: "Done", release: "Given back", set_out: "On your way" };

/** A referral that needs no more work. */
export const ENDED: readonly ReferralDoc["status"][] = ["declined", "nothing_suitable", "closed", "sustained"];

export const NOTE_TYPES: { readonly [type: string]: string } = {
  note: "A note", call: "A phone call", visit: "A visit", message: "A message", letter: "A letter",
};

export const SHARE_WORDS: { readonly [share: string]: string } = {
  name_and_needs: "Their name and what they need",
  codes_only: "What they need, without their name",
  nothing: "Nothing",
};

/** Groups for only some people that somebody may join. */
export const AUDIENCE_WORDS: { readonly [audience: string]: string } = {
  anyone: "Only groups open to anyone", women: "Groups for women too", men: "Groups for men too",
};
