/** List or map: two links, the one that is open marked. */

import { t } from "../../words/t.ts";

export function ViewSwitch({ isMap, href }: { readonly isMap: boolean; readonly href: string }) {
  return (
    <nav class="kith-switch kith-no-print" aria-label={t("shortlist.view.label")}>
      <a href={href} aria-current={isMap ? undefined : "true"}>{t("shortlist.view.list")}</a>
      <a href={`${href}?view=map`} aria-current={isMap ? "true" : undefined}>{t("shortlist.view.map")}</a>
    </nav>
  );
}
