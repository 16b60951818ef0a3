/** What has happened with a task, as the volunteer who was asked or had it may know it. */

import type { Item } from "../data/live.ts";

export type What = "asked" | "declined" | "claimed" | "setOut" | "late" | "done" | "givenBack" | "wentBack" | "calledOff" | "lapsed" | "expired" | "thanked";

export interface Happened {
  readonly what: What;
  /** When, as a UTC instant; null for what waits on this phone. */
  readonly at: string | null;
  readonly minutes?: number | null;
}

/** Commands that wait, by what they will have been. */
const WAITING: { readonly [command: string]: What } = {
  claim: "claimed", set_out: "setOut", running_late: "late", complete: "done", release: "givenBack",
};

/** Everything in its order, what waits on this phone last. */
export function timeline(task: Item<"task">, ask: Item<"ask"> | null, claim: Item<"claim"> | null): Happened[] {
  const waiting = task.commands.flatMap(({ name, args }): Happened[] => {
    const what = WAITING[name];
    return what ? [{ what, at: null, minutes: typeof args["minutes"] === "number" ? args["minutes"] : null }] : [];
  });
  const past = [...ofAsk(ask), ...ofClaim(task, claim)].filter(({ at }) => at !== null);
  return [...past.sort((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : 1)), ...waiting];
}

function ofAsk(ask: Item<"ask"> | null): Happened[] {
  if (ask === null) return [];
  const { asked_at, answered_at, status } = ask.doc;
  return [{ what: "asked", at: asked_at }, ...(status === "declined" ? [{ what: "declined" as const, at: answered_at }] : [])];
}

function ofClaim({ doc }: Item<"task">, claim: Item<"claim"> | null): Happened[] {
  if (claim === null) return doc.status === "expired" ? [{ what: "expired", at: doc.window_until_at }] : [];
  const { claimed_at, set_out_at, late_at, late_min, thanked_at, minutes } = claim.doc;
  return [
    { what: "claimed", at: claimed_at }, { what: "setOut", at: set_out_at },
    { what: "late", at: late_min ? late_at : null, minutes: late_min },
    { what: endOf(claim.doc, doc.status), at: claim.doc.ended_at, minutes }, { what: "thanked", at: thanked_at },
  ];
}

/** Only who gave it back can have said why; without a reason it may have been the centre that asked others. */
function endOf({ status, reason }: Item<"claim">["doc"], task: Item<"task">["doc"]["status"]): What {
  if (status === "done" || status === "lapsed") return status;
  if (task === "cancelled") return "calledOff";
  return reason ? "givenBack" : "wentBack";
}
