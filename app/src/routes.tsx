/** Which screen an address opens. */

import type { Account } from "@contract/sync/index.ts";
import { at, type Place } from "./router.ts";
import { areaAt } from "./screens/areas.ts";
import { Home } from "./screens/home/home.tsx";
import { Page } from "./ui/page.tsx";
import { t } from "./words/t.ts";

export function Screen({ place, account }: { readonly place: Place; readonly account: Account }) {
  if (place.parts.length === 0) return <Home />;
  const area = areaAt(place, account);
  return area ? <area.Screen key={area.name} place={place} account={account} /> : <Lost />;
}

function Lost() {
  return (
    <Page title={t("common.lost.title")} back={at()} backText={t("home.tab")}>
      <p>{t("common.lost.text")}</p>
    </Page>
  );
}
