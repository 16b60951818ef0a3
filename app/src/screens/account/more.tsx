/** Everything that this account can open, in one list. */

import { at } from "../../router.ts";
import { useAccount } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Row } from "../../ui/parts.tsx";
import { labelList } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { areasFor } from "../areas.ts";

export function More() {
  const account = useAccount();
  return (
    <Page title={t("account.more")}>
      <p class="kith-quiet">{t("account.signedInAs", { name: account.name, roles: labelList("role", account.roles) })}</p>
      <ul class="kith-list">
        {areasFor(account).map((area) => (
          <Row key={area.name} href={at(...area.opens.slice(0, 1))} name={t(area.title)}>
            {area.about && t(area.about)}
          </Row>
        ))}
        <Row href={at("settings")} name={t("account.settings")}>{t("account.settingsAbout")}</Row>
        <Row href={at("phones")} name={t("account.phones")}>{t("account.phonesAbout")}</Row>
        <Row href={at("sign-out")} name={t("account.signOut")}>{t("account.signOutAbout")}</Row>
      </ul>
    </Page>
  );
}
