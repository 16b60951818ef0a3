/** One task as its centre sees it: who was asked, who has it, whether they are on the way; call off, thank, ask again. */

import { centreTasks, type CentreTask, useVolunteerNames } from "../../data/centre.ts";
import { at } from "../../router.ts";
import { useList, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { type Fact, Facts, Notice } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { sinceWords, spanWords } from "../../words/dates.ts";
import { label, labelList } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { TaskDeeds } from "./task-deeds.tsx";

export function OneTask({ id }: { readonly id: string }) {
  const task = useOne("task", id);
  const claims = useList("claim").filter((one) => one.doc.task_id === id);
  const asks = useList("ask").filter((one) => one.doc.task_id === id);
  if (task === undefined) return null;
  if (task === null) return <Gone kind="task" back={at("centre")} />;
  const [line] = centreTasks([task], claims, asks, new Date());
  if (!line) return null;
  return (
    <Page title={task.doc.name} back={at("centre")} backText={t("centre.tasks.title")}>
      <RefusedNotice kind="task" id={id} />
      <Who line={line} />
      <Standing item={task} />
      <TaskDeeds line={line} />
      <Private id={id} />
      <h2 class="nhsuk-heading-m">{t("centre.task.public")}</h2>
      <Facts facts={factsOf(line)} />
      <Asked line={line} />
    </Page>
  );
}

function Who({ line: { claim, standing } }: { readonly line: CentreTask }) {
  const nameOf = useVolunteerNames();
  const volunteer = useOne("volunteer", claim?.doc.volunteer_id ?? "");
  const name = claim ? (nameOf(claim.doc.volunteer_id) ?? t("centre.somebody")) : null;
  return (
    <Notice attention={standing === "late" || standing === "unanswered"}>
      <p role="status">
        <strong>{t(`centre.standing.${standing}`)}</strong>
        {name && `: ${name}`}
      </p>
      {claim && claim.doc.set_out_at && standing !== "thanked" && standing !== "done" && <p>{t("centre.task.setOut", { since: sinceWords(claim.doc.set_out_at, new Date()) })}</p>}
      {claim?.doc.late_min ? <p>{t("centre.task.late", { minutes: claim.doc.late_min })}</p> : null}
      {claim?.doc.minutes ? <p>{t("centre.task.took", { time: minutesWords(claim.doc.minutes) })}</p> : null}
      {claim?.doc.said && <p class="kith-written">{t("centre.task.said", { words: claim.doc.said })}</p>}
      {claim?.doc.thanks && <p class="kith-written">{t("centre.task.thanks", { words: claim.doc.thanks })}</p>}
      {volunteer?.doc.phone && claim?.doc.status !== "done" && (
        <p><a class="kith-more" href={`tel:${volunteer.doc.phone.replaceAll(" ", "")}`}>{t("centre.task.ring", { name })}</a></p>
      )}
    </Notice>
  );
}

function Private({ id }: { readonly id: string }) {
  const detail = useOne("task_detail", id);
  if (!detail) return null;
  const { name, address, phone, instructions } = detail.doc;
  const facts: Fact[] = [
    ...(name ? [{ name: t("centre.field.forWhom"), value: name }] : []),
    ...(address ? [{ name: t("centre.field.address"), value: <span class="kith-written">{address}</span> }] : []),
    ...(phone ? [{ name: t("centre.field.phone"), value: <a href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</a> }] : []),
    ...(instructions ? [{ name: t("centre.field.instructions"), value: <span class="kith-written">{instructions}</span> }] : []),
  ];
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("centre.task.private")}</h2>
      <p class="kith-quiet">{t("centre.task.privateHint")}</p>
      {facts.length > 0 ? <Facts facts={facts} /> : <p>{t("centre.task.noPrivate")}</p>}
    </>
  );
}

function factsOf({ task: { doc } }: CentreTask): Fact[] {
  return [
    { name: t("centre.field.type"), value: label("task_type", doc.type) },
    { name: t("centre.field.when"), value: capital(spanWords(doc.window_from_at, doc.window_until_at, new Date())) },
    { name: t("centre.field.minutes"), value: minutesWords(doc.minutes) },
    ...(doc.skills.length > 0 ? [{ name: t("centre.field.skills"), value: labelList("skill", doc.skills) }] : []),
    ...(doc.dbs_level === "none" ? [] : [{ name: t("centre.field.dbs"), value: t(`centre.dbs.${doc.dbs_level}`) }]),
  ];
}

function Asked({ line: { asks } }: { readonly line: CentreTask }) {
  const nameOf = useVolunteerNames();
  if (asks.length === 0) return null;
  const newest = [...asks].sort((a, b) => b.doc.wave - a.doc.wave || a.doc.position - b.doc.position);
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("centre.task.asked", { count: asks.length })}</h2>
      <ul class="kith-plain">
        {newest.map(({ id, doc }) => (
          <li key={id}>
            {nameOf(doc.volunteer_id) ?? t("centre.somebody")}: {t(`centre.ask.${doc.status}`)}
            {doc.reason && ` (${label("ask_reason", doc.reason)})`}
            <span class="kith-row__text">{t("centre.task.wave", { n: doc.wave + 1 })}, {sinceWords(doc.asked_at, new Date())}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
