/** One line of a list of tasks: how it stands, how far, when, how long. */

import type { TaskLine } from "../../data/tasks.ts";
import { leftUntil } from "../../logic/asks.ts";
import { at } from "../../router.ts";
import { Row } from "../../ui/parts.tsx";
import { spanWords } from "../../words/dates.ts";
import { distanceWords } from "../../words/distance.ts";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export function TaskRow({ line }: { readonly line: TaskLine }) {
  const { task, metres } = line;
  const far = metres === null ? null : capital(distanceWords(metres));
  const when = capital(spanWords(task.doc.window_from_at, task.doc.window_until_at, new Date()));
  const stands = standsWords(line);
  return (
    <Row href={at("tasks", task.id)} name={task.doc.name}>
      {stands && <strong class="kith-task-stands">{stands}</strong>}
      <span class="kith-task-when">{when}</span>
      {[far, minutesWords(task.doc.minutes)].filter(Boolean).join(" · ")}
    </Row>
  );
}

function standsWords({ state, claim, ask, task }: TaskLine): string | null {
  if (state === "pending") return t("tasks.stands.pending");
  if (state === "mine") return t(claim?.doc.status === "en_route" ? "tasks.stands.onTheWay" : "tasks.stands.mine");
  if (task.doc.status === "cancelled") return t("tasks.stands.calledOff");
  return ask ? leftWords(ask.doc.answer_until_at, new Date()) : null;
}

/** "You have 20 minutes to answer". */
export function leftWords(until: string, now: Date): string {
  const { unit, count } = leftUntil(until, now);
  return t(`tasks.left.${unit}`, { count });
}
