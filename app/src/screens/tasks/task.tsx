/** One micro-task: what it is, whose it is, and what can be done now. */

import { useEffect } from "preact/hooks";
import { label, labelList } from "../../words/labels.ts";
import { at } from "../../router.ts";
import { command } from "../../data/write.ts";
import { liner, type TaskLine } from "../../data/tasks.ts";
import { isUnseen } from "../../logic/asks.ts";
import { type Missing, missingFor } from "../../logic/missing.ts";
import { today, useAccount, useOne, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { type Fact, Facts } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { dayOf, spanWords } from "../../words/dates.ts";
import { awayWords } from "../../words/distance.ts";
import { takesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { Doing } from "./doing.tsx";
import { useHeld, useNow } from "./held.ts";
import { Lacks } from "./lacks.tsx";
import { Private } from "./private.tsx";
import { Refused } from "./refused.tsx";
import { Stands } from "./stands.tsx";
import { Story } from "./story.tsx";

export function Task({ id }: { readonly id: string }) {
  const account = useAccount();
  const now = useNow();
  const held = useHeld(account.volunteer_id);
  const task = useOne("task", id);
  const detail = useOne("task_detail", id);
  if (task === undefined) return null;
  if (task === null) return <Gone kind="task" back={at("tasks")} />;
  const line = liner(held, now)(task);
  const volunteer = held.volunteer?.doc;
  const missing = volunteer ? missingFor(task.doc, volunteer, today()) : null;
  return (
    <Page title={task.doc.name} back={at("tasks")} backText={t("tasks.tab")}>
      <Refused id={id} task={task} />
      {held.volunteer && <Stands line={line} now={now} />}
      {line.ask && <Seen ask={line.ask} />}
      {missing && volunteer && line.state === "open" && <Lacks missing={missing} later={missingFor(task.doc, volunteer, dayOf(new Date(task.doc.window_from_at)))} />}
      {detail && <Private detail={detail} line={line} />}
      {detail && <h2 class="nhsuk-heading-m">{t("tasks.theTask")}</h2>}
      <Facts facts={publicFacts(line)} />
      {held.volunteer && <Story line={line} />}
      {held.volunteer && <Doing line={line} missing={missing as Missing} />}
    </Page>
  );
}

/** Tells the centre, once, that the volunteer has looked at what they were asked. */
function Seen({ ask }: { readonly ask: NonNullable<TaskLine["ask"]> }) {
  const reach = useReach();
  const unseen = isUnseen(ask);
  useEffect(() => {
    if (unseen) void command(reach, "ask", ask.id, "see_ask", {}, ask.doc.answer_until_at);
  }, [ask.id, unseen]);
  return null;
}

function publicFacts({ task, metres, lacks, state }: TaskLine): Fact[] {
  const { doc } = task;
  const skills = labelList("skill", doc.skills);
  return [
    { name: t("tasks.fact.what"), value: label("task_type", doc.type) },
    { name: t("tasks.fact.when"), value: capital(spanWords(doc.window_from_at, doc.window_until_at, new Date())) },
    { name: t("tasks.fact.long"), value: takesWords(doc.minutes) },
    ...(metres === null ? [] : [{ name: t("tasks.fact.where"), value: capital(awayWords(metres)) }]),
    ...(skills ? [{ name: t("tasks.fact.skills"), value: lacks.length > 0 ? t("tasks.fact.notAll", { skills }) : skills }] : []),
    { name: t("tasks.fact.status"), value: t(`tasks.status.${state === "past" ? "expired" : doc.status}`) },
  ];
}
