/** Calls that nobody has taken up yet come first, the longest waiting on top. */

import { at } from "../../router.ts";
import { today, useAccount, useLoaded } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { Urgency } from "./urgency.tsx";

const SHOWN = 60;

export function Calls() {
  const calls = useLoaded("intake");
  const isHub = useAccount().roles.includes("hub");
  const sorted = [...(calls ?? [])].sort((a, b) => Number(a.doc.status === "taken_up") - Number(b.doc.status === "taken_up") || (a.doc.taken_on < b.doc.taken_on ? -1 : 1));
  return (
    <Page title={t("calls.title")}>
      {isHub && <ButtonLink href={at("calls", "new")}>{t("calls.new")}</ButtonLink>}
      {calls?.length === 0 && <Empty text={t("calls.none")} />}
      <ul class="kith-list">
        {sorted.slice(0, SHOWN).map(({ id, doc, pending }) => (
          <Row key={id} href={at("calls", id)} name={`${doc.given_name} ${doc.family_name}`.trim()}>
            {doc.status !== "taken_up" && <Urgency of={doc} />}
            {t(`calls.status.${doc.status}`)} · {dayWords(doc.taken_on, today())}
            {pending && ` · ${t("upkeep.waiting")}`}
          </Row>
        ))}
      </ul>
    </Page>
  );
}
