/** Tells whoever opens a cleared phone why it is empty. */

import { useEffect, useState } from "preact/hooks";
import { useReach } from "../../ui/context.ts";
import { Notice } from "../../ui/parts.tsx";
import { LIMIT_DAYS } from "../../vault/overdue.ts";
import type { Cleared as Why } from "../../vault/vault.ts";
import { t } from "../../words/t.ts";

export function Cleared() {
  const { kith } = useReach();
  const [why, setWhy] = useState<Why | null>(null);
  useEffect(() => void kith.vault.cleared().then(setWhy), []);
  // A phone that was shut out is told of by the sync client's own state.
  if (why === null || why === "revoked") return null;
  return (
    <Notice attention>
      <h2 class="nhsuk-heading-s">{t("safety.cleared.title")}</h2>
      <p>{t(`safety.cleared.${why}`, { days: LIMIT_DAYS })}</p>
    </Notice>
  );
}
