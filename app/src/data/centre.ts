/** What the screens of a volunteer centre read: who is who, how each task stands. */

import { useMemo } from "preact/hooks";
import type { TaskDoc } from "@generated/contract.ts";
import { useList } from "../ui/context.ts";
import type { Item } from "./live.ts";

export function volunteerName(volunteer: Pick<Item<"volunteer">, "doc">): string {
  return `${volunteer.doc.given_name} ${volunteer.doc.family_name}`.trim();
}

/** The name of a volunteer by their id; null when they are not on this phone. */
export function useVolunteerNames(): (id: string) => string | null {
  const volunteers = useList("volunteer");
  return useMemo(() => {
    const names = new Map(volunteers.map((one) => [one.id, volunteerName(one)]));
    return (id: string) => names.get(id) ?? null;
  }, [volunteers]);
}

/** How a task stands as its centre sees it. */
export type TaskStanding = "late" | "coming" | "claimed" | "waiting" | "unanswered" | "done" | "thanked" | "expired" | "cancelled";

export interface CentreTask {
  readonly task: Item<"task">;
  readonly claim: Item<"claim"> | null;
  readonly asks: readonly Item<"ask">[];
  readonly standing: TaskStanding;
}

const HELD = ["active", "en_route", "done"];

/** The tasks of a centre with who has each and who was asked, those that need somebody first. */
export function centreTasks(tasks: readonly Item<"task">[], claims: readonly Item<"claim">[], asks: readonly Item<"ask">[], now: Date): CentreTask[] {
  const claimOf = new Map(claims.filter(({ doc }) => HELD.includes(doc.status)).map((claim) => [claim.doc.task_id, claim]));
  const asksOf = new Map<string, Item<"ask">[]>();
  for (const ask of asks) asksOf.set(ask.doc.task_id, [...(asksOf.get(ask.doc.task_id) ?? []), ask]);
  return tasks
    .map((task) => {
      const [claim, asked] = [claimOf.get(task.id) ?? null, asksOf.get(task.id) ?? []];
      return { task, claim, asks: asked, standing: standingOf(task.doc, claim, asked, now) };
    })
    .sort((a, b) => NEEDS.indexOf(a.standing) - NEEDS.indexOf(b.standing) || (a.task.doc.window_from_at < b.task.doc.window_from_at ? -1 : 1));
}

/** The order in which somebody has to look. */
const NEEDS: readonly TaskStanding[] = ["late", "unanswered", "waiting", "coming", "claimed", "done", "expired", "cancelled", "thanked"];

function standingOf(task: TaskDoc, claim: Item<"claim"> | null, asks: readonly Item<"ask">[], now: Date): TaskStanding {
  if (task.status === "done") return claim?.doc.thanked_at ? "thanked" : "done";
  if (task.status === "expired" || task.status === "cancelled") return task.status;
  const isOver = Date.parse(task.window_until_at) <= now.getTime();
  if (task.status === "open") return isOver ? "expired" : asks.some(({ doc }) => doc.status === "asked" || doc.status === "seen") ? "waiting" : "unanswered";
  if (claim?.doc.late_min || isOver) return "late";
  return claim?.doc.status === "en_route" ? "coming" : "claimed";
}
