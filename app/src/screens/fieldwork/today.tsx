/** Home of a doorstep worker: the rounds that are open, each with the door to go to. */

import { useRounds, useSurveyDrafts } from "../../data/fieldwork.ts";
import { useHelpWanted } from "../../data/help-wanted.ts";
import { coverageOf, doorsOf } from "../../logic/doorstep.ts";
import { useLoaded } from "../../ui/context.ts";
import { Row } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { toDoor, toRound } from "./places.ts";

export function FieldworkToday() {
  const open = useRounds().filter(({ doc }) => doc.status === "open");
  const [households, visits] = [useLoaded("household"), useLoaded("visit")];
  const drafts = useSurveyDrafts();
  const help = useHelpWanted();
  if (!households || !visits) return null;
  const waiting = households.filter((one) => help.get(one.id)?.state === "open");
  if (open.length === 0 && waiting.length === 0) return null;
  const begun = households.filter((one) => drafts.has(one.id));
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("fieldwork.today")}</h2>
      <ul class="kith-list">
        {begun.map(({ id, doc }) => <Row key={id} href={toDoor(id)} name={t("fieldwork.round.on", { number: doc.number })}>{t("fieldwork.state.started")}</Row>)}
        {waiting.map(({ id, doc }) => <Row key={`${id} help`} href={toDoor(id)} name={t("fieldwork.door", { number: doc.number })}>{t("fieldwork.after.help", { count: help.get(id)?.people ?? 0 })}</Row>)}
        {open.map(({ id, doc }) => {
          const coverage = coverageOf(doorsOf(id, households, visits));
          return <Row key={id} href={toRound(id)} name={doc.name}>{t("fieldwork.coverage.words", { count: coverage.doors, visited: coverage.visited })}</Row>;
        })}
      </ul>
    </>
  );
}
