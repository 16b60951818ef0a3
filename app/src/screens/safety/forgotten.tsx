/** What nobody can open any more, for want of its PIN or because it was damaged: the phone can only be cleared, and this says what is lost by it. */

import { useState } from "preact/hooks";
import { Page } from "../../ui/page.tsx";
import { Button, LinkButton, Notice } from "../../ui/parts.tsx";
import type { Head } from "../../vault/disk.ts";
import type { Vault } from "../../vault/vault.ts";
import { t } from "../../words/t.ts";

/** Why it stays shut. */
export type Shut = "forgotten" | "damaged";

interface ForgottenProps {
  readonly why: Shut;
  readonly vault: Vault;
  readonly head: Head;
  readonly back: () => void;
  readonly onErased: () => void;
}

export function Forgotten({ why, vault, head, back, onErased }: ForgottenProps) {
  const { waiting, drafts } = head;
  const [failed, setFailed] = useState(false);
  const clear = (): Promise<void> => vault.erase({ why: "forgotten" }).then(onErased, () => setFailed(true));
  return (
    <Page title={t(`safety.${why}.title`)}>
      <p>{t(`safety.${why}.text`)}</p>
      <Notice attention={waiting + drafts > 0}>
        {waiting > 0 && <p>{t("safety.forgotten.changes", { count: waiting })}</p>}
        {drafts > 0 && <p>{t("safety.forgotten.drafts", { count: drafts })}</p>}
        {waiting + drafts === 0 && <p>{t("safety.forgotten.safe")}</p>}
      </Notice>
      <p role="alert">{failed ? t("safety.forgotten.failed") : ""}</p>
      <Button look="warning" onClick={() => void clear()}>
        {t("safety.forgotten.clear")}
      </Button>
      <p>
        <LinkButton onClick={back}>{t("safety.forgotten.back")}</LinkButton>
      </p>
    </Page>
  );
}
