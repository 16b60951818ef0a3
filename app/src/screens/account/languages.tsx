/** The languages to choose from where nobody has signed in yet, each called by its own name. */

import { choose } from "../../logic/look.ts";
import { language, LANGUAGES, t } from "../../words/t.ts";

export function Languages() {
  return (
    <nav class="kith-languages" aria-label={t("account.language")}>
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <button
          key={code} type="button" class="kith-link-button" lang={code} aria-current={code === language() ? "true" : undefined}
          onClick={() => void choose({ language: code })}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}
