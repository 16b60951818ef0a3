/** All tasks of the centre: those that need somebody first, each with who has it. */

import { useMemo, useState } from "preact/hooks";
import { centreTasks, useVolunteerNames } from "../../data/centre.ts";
import { at } from "../../router.ts";
import { useList, useLoaded } from "../../ui/context.ts";
import { Select } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { spanWords } from "../../words/dates.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

const AT_ONCE = 30;
const VIEWS = ["now", "done", "all"] as const;
const OVER = ["done", "thanked", "expired", "cancelled"];

export function CentreTasks() {
  const tasks = useLoaded("task");
  const claims = useList("claim");
  const asks = useList("ask");
  const nameOf = useVolunteerNames();
  const [view, setView] = useState<string>("now");
  const [shown, setShown] = useState(AT_ONCE);
  const lines = useMemo(() => centreTasks(tasks ?? [], claims, asks, new Date()), [tasks, claims, asks]);
  const seen = lines.filter((line) => view === "all" || OVER.includes(line.standing) === (view === "done"));
  return (
    <Page title={t("centre.tasks.title")}>
      <ButtonLink href={at("centre", "new")}>{t("centre.tasks.new")}</ButtonLink>
      <Select id="view" label={t("centre.tasks.view")} options={VIEWS.map((one) => ({ value: one, label: t(`centre.tasks.${one}`) }))} value={view} onChange={setView} />
      {tasks && seen.length === 0 && <Empty text={t("centre.tasks.none")} />}
      <ul class="kith-list">
        {seen.slice(0, shown).map(({ task, claim, standing }) => (
          <Row key={task.id} href={at("centre", task.id)} name={task.doc.name}>
            {t(`centre.standing.${standing}`)}
            {claim && `: ${nameOf(claim.doc.volunteer_id) ?? t("centre.somebody")}`}
            {" · "}
            {capital(spanWords(task.doc.window_from_at, task.doc.window_until_at, new Date()))}
          </Row>
        ))}
      </ul>
      {seen.length > shown && <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>{t("centre.more")}</Button>}
    </Page>
  );
}
