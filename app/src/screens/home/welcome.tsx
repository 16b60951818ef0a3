/** Home for those whose work is not done on a phone: a kind word on what they can do here, and where the rest is. */

import type { Account } from "@contract/sync/index.ts";
import { areasFor } from "../areas.ts";
import { at } from "../../router.ts";
import { Row } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { Waiting } from "./waiting.tsx";

const ROLES = ["commissioner", "employer", "asset_owner", "hub", "broker", "data_scientist", "administrator"] as const;

export function Welcome({ account }: { readonly account: Account }) {
  const roles = ROLES.filter((role) => account.roles.includes(role));
  return (
    <>
      {roles.length > 0 ? roles.map((role) => <p key={role}>{t(`home.welcome.${role}`)}</p>) : <p>{t("home.welcome.anyone")}</p>}
      <Waiting account={account} />
      <ul class="kith-list">
        {areasFor(account).map((area) => (
          <Row key={area.name} href={at(...area.opens.slice(0, 1))} name={t(area.title)}>
            {area.about && t(area.about)}
          </Row>
        ))}
        <Row href={at("sync")} name={t("sync.tab")}>{t("home.syncAbout")}</Row>
        <Row href={at("settings")} name={t("account.settings")}>{t("account.settingsAbout")}</Row>
      </ul>
    </>
  );
}
