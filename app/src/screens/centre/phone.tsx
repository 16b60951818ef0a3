/** Somebody rings: what it is about decides which form opens. */

import { useList } from "../../ui/context.ts";
import { at } from "../../router.ts";
import { Page } from "../../ui/page.tsx";
import { Row } from "../../ui/parts.tsx";
import { listWords } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export default function Phone() {
  const teams = useList("team").map((team) => team.doc.name).sort();
  return (
    <Page title={t("centre.rings.title")}>
      <p>{t("centre.rings.text")}</p>
      <ul class="kith-list">
        <Row href={at("centre", "new")} name={t("centre.rings.task")}>{t("centre.rings.taskText")}</Row>
        <Row href={at("newcomers", "new")} name={t("centre.rings.volunteer")}>{t("centre.rings.volunteerText")}</Row>
        <Row href={at("requests", "new")} name={t("centre.rings.role")}>{t("centre.rings.roleText")}</Row>
        <Row href={at("rings", "offer")} name={t("centre.rings.offer")}>{t("centre.rings.offerText")}</Row>
      </ul>
      <h2 class="nhsuk-heading-m">{t("centre.rings.support")}</h2>
      <p>{t("centre.rings.supportText")}</p>
      {teams.length > 0 && <p>{t("centre.rings.teams", { teams: listWords(teams) })}</p>}
    </Page>
  );
}
