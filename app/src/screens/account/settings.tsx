/** How the app looks and speaks on this phone: language, size of the text, colours. Each choice holds at once. */

import { useEffect } from "preact/hooks";
import { choose, COLOURS, type Look, lookNow, SIZES } from "../../logic/look.ts";
import { at } from "../../router.ts";
import { Radios } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { LANGUAGES, t } from "../../words/t.ts";

/** The field that was just used: a new language draws the page anew, and the focus goes back to where it was. */
let used: string | null = null;

export function Settings() {
  const look = lookNow();
  useEffect(() => {
    if (used) document.querySelector<HTMLInputElement>(`input[name="${used}"]:checked`)?.focus();
    used = null;
  }, []);
  const set = (field: keyof Look) => (value: string): void => {
    used = field;
    void choose({ [field]: value });
  };
  const sizes = SIZES.map((value) => ({ value, label: t(`account.size.${value}`) }));
  const colours = COLOURS.map((value) => ({ value, label: t(`account.colours.${value}`) }));
  return (
    <Page title={t("account.settings")} back={at("more")} backText={t("account.more")}>
      <Radios
        id="language" label={t("account.language")} value={look.language} onChange={set("language")}
        options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label, lang: value }))}
      />
      <Radios id="size" label={t("account.size.label")} options={sizes} value={look.size} onChange={set("size")} />
      <Radios id="colours" label={t("account.colours.label")} options={colours} value={look.colours} onChange={set("colours")} />
      <p class="kith-quiet">{t("account.settingsStay")}</p>
    </Page>
  );
}
