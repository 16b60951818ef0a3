/** What happened with a person, the latest first: each record that says so as one line. */

import type { MeasureDoc, NoteDoc, PlacementDoc } from "@generated/contract.ts";
import { dayOf } from "../words/dates.ts";
import type { Item } from "./live.ts";

interface Told {
  readonly id: string;
  /** A day or a moment; they sort together. */
  readonly at: string;
  readonly pending: boolean;
}

export type Happening = Told &
  (
    | { readonly what: "note"; readonly doc: NoteDoc }
    | { readonly what: "referral"; readonly needs: readonly string[] }
    | { readonly what: "measure"; readonly doc: MeasureDoc }
    | { readonly what: "consent" }
    | { readonly what: "chosen" | "outcome"; readonly doc: PlacementDoc }
    | { readonly what: "handover"; readonly reason: string | null; readonly teamId: string }
  );

export interface Happened {
  readonly notes: readonly Item<"note">[];
  readonly referrals: readonly Item<"referral">[];
  readonly measures: readonly Item<"measure">[];
  readonly consents: readonly Item<"consent">[];
  readonly placements: readonly Item<"placement">[];
  readonly handovers: readonly Item<"handover">[];
}

export function timeline({ notes, referrals, measures, consents, placements, handovers }: Happened): Happening[] {
  const all: Happening[] = [
    ...notes.map((one) => ({ ...told(one, one.doc.written_at), what: "note" as const, doc: one.doc })),
    ...referrals.map((one) => ({ ...told(one, one.doc.received_on), what: "referral" as const, needs: one.doc.needs })),
    ...measures.map((one) => ({ ...told(one, one.doc.taken_on), what: "measure" as const, doc: one.doc })),
    ...consents.map((one) => ({ ...told(one, one.doc.given_on ?? ""), what: "consent" as const })),
    ...placements.filter(({ doc }) => !wasNeverChosen(doc)).map((one) => ({ ...told(one, one.doc.chosen_at), what: "chosen" as const, doc: one.doc })),
    ...placements.flatMap((one) => (one.doc.outcome_on ? [{ ...told(one, one.doc.outcome_on), id: `${one.id} outcome`, what: "outcome" as const, doc: one.doc }] : [])),
    ...handovers.map((one) => ({ ...told(one, one.doc.handed_on), what: "handover" as const, reason: one.doc.reason, teamId: one.doc.team_id })),
  ];
  return all.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

/** Somebody said no to it as it was offered, which is written down at once. */
function wasNeverChosen({ status, outcome_on, chosen_at }: PlacementDoc): boolean {
  return status === "declined" && outcome_on === dayOf(new Date(chosen_at));
}

function told({ id, pending }: Pick<Item<"note">, "id" | "pending">, at: string): Told {
  return { id, at, pending };
}
