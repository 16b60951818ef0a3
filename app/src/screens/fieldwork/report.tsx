/** Reports as they were made: counts alone, with small ones held back. */

import type { FieldworkReportDoc } from "@generated/contract.ts";
import { type Group, groupsOf, type Line } from "../../logic/report.ts";
import { useList, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Row } from "../../ui/parts.tsx";
import { Empty, Gone } from "../../ui/standing.tsx";
import { at } from "../../router.ts";
import { dateWords, monthWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { type Key, numberWords, t } from "../../words/t.ts";
import { toRounds } from "./places.ts";
import type { SurveyQuestion } from "./survey-question.tsx";

const TABLES = ["dwellings", "theme", "answer", "met", "session_theme"] as const;

export function Reports() {
  const rounds = new Map(useList("round").map((round) => [round.id, round.doc.name]));
  const reports = [...useList("fieldwork_report")].sort((a, b) => (a.doc.made_on < b.doc.made_on ? 1 : -1));
  return (
    <Page title={t("fieldwork.reportsTitle")} back={toRounds()} backText={t("fieldwork.title")}>
      {reports.length === 0 && <Empty text={t("fieldwork.report.none")} />}
      {reports.length > 0 && (
        <ul class="kith-list">
          {reports.map(({ id, doc }) => (
            <Row key={id} href={at("doorstep", "reports", id)} name={nameOf(doc, rounds.get(doc.round_id ?? ""))}>
              {t("fieldwork.report.of", { day: dateWords(doc.made_on) })}
            </Row>
          ))}
        </ul>
      )}
    </Page>
  );
}

export function Report({ id }: { readonly id: string }) {
  const report = useOne("fieldwork_report", id);
  const round = useOne("round", report?.doc.round_id ?? "");
  const survey = useOne("survey", round?.doc.survey_id ?? "");
  if (report === undefined) return null;
  if (report === null) return <Gone kind="fieldwork_report" back={at("doorstep", "reports")} />;
  const lines = report.doc.lines as unknown as readonly Line[];
  const questions = (survey?.doc.questions ?? []) as unknown as readonly SurveyQuestion[];
  return (
    <Page title={nameOf(report.doc, round?.doc.name)} caption={t("fieldwork.report.of", { day: dateWords(report.doc.made_on) })} back={at("doorstep", "reports")} backText={t("fieldwork.reportsTitle")}>
      <p>{t("fieldwork.report.small")}</p>
      {TABLES.map((table) => ({ table, groups: groupsOf(lines, table) })).filter(({ groups }) => groups.length > 0).map(({ table, groups }) => (
        <section key={table}>
          <h2 class="nhsuk-heading-m">{t(`fieldwork.report.${table}`)}</h2>
          {groups.map((group) => (
            <Counts key={group.code} group={group} table={table} question={questions.find(({ code }) => code === group.code)} />
          ))}
        </section>
      ))}
    </Page>
  );
}

interface CountsProps {
  readonly group: Group;
  readonly table: (typeof TABLES)[number];
  readonly question: SurveyQuestion | undefined;
}

function Counts({ group, table, question }: CountsProps) {
  const caption = table === "answer" ? (question?.text ?? group.code) : group.code === ALL ? t("fieldwork.report.all") : group.code && t("fieldwork.report.area", { code: group.code });
  return (
    <table class="kith-counts">
      {caption && <caption>{caption}</caption>}
      <tbody>
        {group.lines.map((line) => (
          <tr key={line.name}>
            <th scope="row">{lineWords(line, question)}</th>
            <td>{line.value === null ? <span class="kith-quiet">{t("fieldwork.report.held")}</span> : numberWords(line.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function nameOf({ month }: FieldworkReportDoc, round: string | undefined): string {
  return round ?? (month === null ? t("fieldwork.reports") : monthWords(month));
}

const ALL = "*";

const STATES: { readonly [name: string]: Key } = {
  done: "fieldwork.state.done", refused: "fieldwork.state.refused", not_in: "fieldwork.state.not_in", not_visited: "fieldwork.report.not_visited",
  yes: "fieldwork.survey.yes", no: "fieldwork.survey.no", answered: "fieldwork.report.answered", [ALL]: "fieldwork.report.sum",
};

function lineWords({ table, name }: Line, question: SurveyQuestion | undefined): string {
  if (table.endsWith("theme")) return label("theme", name as never);
  if (table === "met" && name !== ALL) return t(`sessions.age.age_${name}` as Key);
  const state = STATES[name];
  return question?.options?.find(({ code }) => code === name)?.label ?? (state ? t(state) : name);
}
