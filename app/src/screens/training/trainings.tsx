/** A volunteer's trainings: what is due, what is held, what could be learned and what it would open. */

import { useGated } from "../../data/gated.ts";
import { trainingLines, type TrainingLine } from "../../logic/trainings.ts";
import { at } from "../../router.ts";
import { today, useList } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Row } from "../../ui/parts.tsx";
import { Empty, FirstLoading } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { stateWords } from "./words.ts";

export function Trainings({ volunteerId }: { readonly volunteerId: string }) {
  const volunteer = useList("volunteer").find(({ id }) => id === volunteerId);
  const [trainings, completions, gated] = [useList("training"), useList("completion"), useGated()];
  const mine = completions.filter(({ doc }) => doc.volunteer_id === volunteerId);
  const lines = volunteer ? trainingLines(volunteer, trainings, mine, gated, today()) : [];
  const due = lines.filter(({ state }) => state === "over" || state === "soon");
  const checking = lines.filter(({ state }) => state === "checking");
  const done = lines.filter(({ state }) => state === "held");
  const more = lines.filter(({ state }) => state === "none");
  return (
    <Page title={t("training.title")}>
      <FirstLoading />
      {lines.length === 0 && <Empty text={t("training.empty")} />}
      <Lines title={t("training.due")} lines={due} />
      <Lines title={t("training.checking")} lines={checking} />
      <Lines title={t("training.done")} lines={done} />
      <Lines title={t("training.more")} lines={more} />
    </Page>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly TrainingLine[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{title}</h2>
      <ul class="kith-list">
        {lines.map((line) => (
          <Row key={line.training.id} href={at("training", "one", line.training.id)} name={line.training.doc.name}>
            {stateWords(line, today())}
            {line.opens.length > 0 && <><br />{t("training.asked", { count: line.opens.length })}</>}
          </Row>
        ))}
      </ul>
    </>
  );
}
