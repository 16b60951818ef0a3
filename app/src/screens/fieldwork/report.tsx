/** Reports as they were made: counts alone, with small ones held back. */

import { useList, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Facts, Row } from "../../ui/parts.tsx";
import { Empty, Gone } from "../../ui/standing.tsx";
import { at } from "../../router.ts";
import { dateWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import type { Key } from "../../words/t.ts";
import { toRounds } from "./places.ts";

type Line = { readonly table: string; readonly group: string; readonly name: string; readonly value: number | null };

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
            <Row key={id} href={at("doorstep", "reports", id)} name={rounds.get(doc.round_id ?? "") ?? doc.month ?? t("fieldwork.reports")}>
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
  if (report === undefined) return null;
  if (report === null) return <Gone kind="fieldwork_report" back={at("doorstep", "reports")} />;
  const lines = report.doc.lines as unknown as readonly Line[];
  return (
    <Page title={round?.doc.name ?? report.doc.month ?? t("fieldwork.reports")} caption={t("fieldwork.report.of", { day: dateWords(report.doc.made_on) })} back={at("doorstep", "reports")}>
      <p>{t("fieldwork.report.small")}</p>
      {TABLES.filter((table) => lines.some((line) => line.table === table)).map((table) => (
        <section key={table}>
          <h2 class="nhsuk-heading-m">{t(`fieldwork.report.${table}`)}</h2>
          <Facts facts={lines.filter((line) => line.table === table).map((line) => ({ name: nameOf(line), value: line.value === null ? t("fieldwork.report.held") : line.value.toLocaleString() }))} />
        </section>
      ))}
    </Page>
  );
}

const STATES: { readonly [name: string]: Key } = {
  done: "fieldwork.state.done", refused: "fieldwork.state.refused", not_in: "fieldwork.state.not_in", not_visited: "fieldwork.report.not_visited",
};

function nameOf({ table, group, name }: Line): string {
  const of = group === "*" || group === "" ? "" : table === "answer" ? `${group}: ` : `${t("fieldwork.report.area", { code: group })}: `;
  if (name === "*") return of + t("fieldwork.report.all");
  if (table.endsWith("theme")) return of + label("theme", name as never);
  const state = STATES[name];
  return of + (state ? t(state) : name.replaceAll("_", " "));
}
