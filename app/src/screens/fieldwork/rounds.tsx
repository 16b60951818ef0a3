/** The rounds of a worker's teams, and the way to sessions and reports. */

import { useRounds } from "../../data/fieldwork.ts";
import { coverageOf, doorsOf } from "../../logic/doorstep.ts";
import { at } from "../../router.ts";
import { useLoaded } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { toNewRound, toRound } from "./places.ts";

export function Rounds() {
  const rounds = useRounds();
  const households = useLoaded("household");
  const visits = useLoaded("visit");
  return (
    <Page title={t("fieldwork.title")}>
      {households && rounds.length === 0 && <Empty text={t("fieldwork.none")} />}
      {rounds.length > 0 && (
        <ul class="kith-list">
          {rounds.map(({ id, doc }) => {
            const coverage = coverageOf(doorsOf(id, households ?? [], visits ?? []));
            return (
              <Row key={id} href={toRound(id)} name={doc.name}>
                {t(`fieldwork.status.${doc.status}`)}
                {households && ` · ${t("fieldwork.coverage.words", { count: coverage.doors, visited: coverage.visited })}`}
              </Row>
            );
          })}
        </ul>
      )}
      <ButtonLink look="secondary" href={toNewRound()}>{t("fieldwork.make.new")}</ButtonLink>
      <ul class="kith-list">
        <Row href={at("sessions")} name={t("fieldwork.sessions")} />
        <Row href={at("doorstep", "reports")} name={t("fieldwork.reports")} />
      </ul>
    </Page>
  );
}
