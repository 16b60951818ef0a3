/** On the home page: calls on somebody's behalf that a hub passed to this team. */

import { type IntakeDoc, VOCABULARIES } from "@generated/contract.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList } from "../../ui/context.ts";
import { Row } from "../../ui/parts.tsx";
import { dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { Urgency } from "../calls/urgency.tsx";

function nameOf({ given_name, family_name }: Pick<IntakeDoc, "given_name" | "family_name">): string {
  return `${given_name} ${family_name}`.trim();
}

function rangWords({ relation, taken_on }: Pick<IntakeDoc, "relation" | "taken_on">): string {
  return t("caseload.calls.from", { relation: label("relation", relation), day: dayWords(taken_on, today()) });
}

const ORDER = Object.keys(VOCABULARIES.urgency);

/** Those that wait for this team; nothing when none does. */
export function Calls() {
  const { team_ids } = useAccount();
  const waiting = useList("intake").filter(({ doc }) => doc.status === "handed_over" && doc.team_id !== null && team_ids.includes(doc.team_id))
    .sort((a, b) => ORDER.indexOf(b.doc.urgency) - ORDER.indexOf(a.doc.urgency) || (a.doc.taken_on < b.doc.taken_on ? -1 : 1));
  if (waiting.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("caseload.calls.title")}</h2>
      <ul class="kith-list">
        {waiting.map(({ id, doc }) => (
          <Row key={id} href={at("calls", id)} name={t("caseload.calls.one", { name: nameOf(doc) })}>
            <Urgency of={doc} />
            {rangWords(doc)}
          </Row>
        ))}
      </ul>
    </>
  );
}
