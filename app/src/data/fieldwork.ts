/** What the screens of fieldwork read and write: rounds with their doors, visits, drafts of surveys, sessions. */

import { useEffect, useMemo, useState } from "preact/hooks";
import type { VisitDoc } from "@generated/contract.ts";
import { coverageOf, type Coverage, type Door, doorsOf, type Stretch, stretchesOf } from "../logic/doorstep.ts";
import { type Reach, today, useDrafts, useList, useLoaded, useReach } from "../ui/context.ts";
import type { Draft } from "./database.ts";
import { rememberHelp } from "./help-wanted.ts";
import type { Kith } from "./kith.ts";
import { type Item, useTopics } from "./live.ts";
import { create } from "./write.ts";

export interface RoundSeen {
  readonly round: Item<"round">;
  readonly doors: readonly Door[];
  readonly stretches: readonly Stretch[];
  readonly coverage: Coverage;
}

/** Households and visits in the order of their round's list; worked out again only when one of them changes. */
function useDoors(roundId: string): readonly Door[] | undefined {
  const households = useLoaded("household");
  const visits = useLoaded("visit");
  return useMemo(() => (households && visits ? doorsOf(roundId, households, visits) : undefined), [roundId, households, visits]);
}

/** A round with all that its pages show; undefined before the first reading, null when the phone does not hold it. */
export function useRound(roundId: string): RoundSeen | null | undefined {
  const rounds = useLoaded("round");
  const doors = useDoors(roundId);
  return useMemo(() => {
    if (!rounds || !doors) return undefined;
    const round = rounds.find((one) => one.id === roundId);
    return round ? { round, doors, stretches: stretchesOf(doors), coverage: coverageOf(doors) } : null;
  }, [rounds, doors, roundId]);
}

const OWN = "own-visits";

/** Visits that were made on this phone today: what else comes in is a colleague's. */
export function useOwnVisits(): ReadonlySet<string> {
  const { kith } = useReach();
  useTopics(kith.live, ["visit", OWN]);
  const kept = kith.live.get(OWN, () => ownVisits(kith));
  return useMemo(() => new Set(kept?.on === today() ? kept.ids : []), [kept]);
}

interface Own {
  readonly on: string;
  readonly ids: readonly string[];
}

async function ownVisits({ kept }: Kith): Promise<Own> {
  return (await kept.get<Own>(OWN)) ?? { on: today(), ids: [] };
}

export type Came = Pick<VisitDoc, "outcome"> & Partial<Pick<VisitDoc, "answers" | "themes" | "said" | "onward" | "survey_id">>;

/** Write down what came of a door, and throw away what was begun there; gives the visit's id. */
export async function visited(reach: Reach, round: Item<"round">, doorId: string, came: Came): Promise<string> {
  const { kith } = reach;
  const fixed = { team_id: round.doc.team_id, round_id: round.id, household_id: doorId, visited_on: today() };
  const id = await create(reach, "visit", { survey_id: null, ...fixed, ...came } as Parameters<typeof create<"visit">>[2]);
  const own = await ownVisits(kith);
  await kith.kept.put(OWN, { on: today(), ids: own.on === today() ? [...own.ids, id] : [id] });
  if (came.onward) await rememberHelp(kith, id);
  await kith.drafts.delete(surveyDraft(doorId));
  kith.live.changed([OWN, "drafts"]);
  return id;
}

/** The draft of the survey that was begun at a door. */
export function surveyDraft(doorId: string): string {
  return `survey:${doorId}`;
}

/** Drafts of surveys by the id of their door. */
export function useSurveyDrafts(): ReadonlyMap<string, Draft> {
  const drafts = useDrafts();
  return useMemo(() => new Map(drafts.filter(({ id }) => id.startsWith("survey:")).map((draft) => [draft.id.slice("survey:".length), draft])), [drafts]);
}

/** The draft as it was when the page opened: undefined while it is read, null when there is none. */
export function useDraftOnce(id: string): Draft | null | undefined {
  const { kith } = useReach();
  const [draft, setDraft] = useState<Draft | null | undefined>(undefined);
  useEffect(() => {
    setDraft(undefined);
    void kith.drafts.get(id).then((found) => setDraft(found ?? null));
  }, [id]);
  return draft;
}

/** The rounds of the account's teams: open ones first, then by name. */
export function useRounds(): readonly Item<"round">[] {
  const rounds = useList("round");
  return useMemo(() => [...rounds].sort((a, b) => PLACE[a.doc.status] - PLACE[b.doc.status] || a.doc.name.localeCompare(b.doc.name)), [rounds]);
}

const PLACE = { open: 0, planned: 1, closed: 2 };
