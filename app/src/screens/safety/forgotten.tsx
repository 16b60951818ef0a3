/** A PIN that nobody remembers: the phone can only be cleared, and this says what is lost by it. */

import { Page } from "../../ui/page.tsx";
import { Button, LinkButton, Notice } from "../../ui/parts.tsx";
import type { Head } from "../../vault/disk.ts";
import type { Vault } from "../../vault/vault.ts";
import { t } from "../../words/t.ts";

interface ForgottenProps {
  readonly vault: Vault;
  readonly head: Head;
  readonly back: () => void;
  readonly onErased: () => void;
}

export function Forgotten({ vault, head, back, onErased }: ForgottenProps) {
  const { waiting, drafts } = head;
  const clear = async (): Promise<void> => {
    await vault.erase({ why: "forgotten" });
    onErased();
  };
  return (
    <Page title={t("safety.forgotten.title")}>
      <p>{t("safety.forgotten.text")}</p>
      <Notice attention={waiting + drafts > 0}>
        {waiting > 0 && <p>{t("safety.forgotten.changes", { count: waiting })}</p>}
        {drafts > 0 && <p>{t("safety.forgotten.drafts", { count: drafts })}</p>}
        {waiting + drafts === 0 && <p>{t("safety.forgotten.safe")}</p>}
      </Notice>
      <Button look="warning" onClick={() => void clear()}>
        {t("safety.forgotten.clear")}
      </Button>
      <p>
        <LinkButton onClick={back}>{t("safety.forgotten.back")}</LinkButton>
      </p>
    </Page>
  );
}
