/** An address that opens nothing, or nothing for this account. */

import { at } from "../router.ts";
import { t } from "../words/t.ts";
import { Page } from "./page.tsx";

export function Lost() {
  return (
    <Page title={t("common.lost.title")} back={at()} backText={t("home.tab")}>
      <p>{t("common.lost.text")}</p>
    </Page>
  );
}
