/** Requests, those that wait for an answer first. */

import { at } from "../../router.ts";
import { today, useList, useLoaded } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { Teams } from "../events/teams.tsx";

export function Requests() {
  const roles = useLoaded("role_request");
  const organisations = new Map(useList("organisation").map(({ id, doc }) => [id, doc.name]));
  const asked = [...(roles ?? [])].sort((a, b) => Number(a.doc.status !== "asked") - Number(b.doc.status !== "asked") || (a.doc.asked_on < b.doc.asked_on ? 1 : -1));
  return (
    <Page title={t("requests.title")}>
      <ButtonLink href={at("requests", "new")}>{t("requests.new")}</ButtonLink>
      <h2 class="nhsuk-heading-m">{t("requests.roles")}</h2>
      {roles && asked.length === 0 && <Empty text={t("requests.noRoles")} />}
      <ul class="kith-list">
        {asked.map(({ id, doc }) => (
          <Row key={id} href={at("requests", "role", id)} name={doc.name}>
            {t(`requests.status.${doc.status}`)} · {[organisations.get(doc.organisation_id), dayWords(doc.asked_on, today())].filter(Boolean).join(", ")}
          </Row>
        ))}
      </ul>
      <Teams />
    </Page>
  );
}
