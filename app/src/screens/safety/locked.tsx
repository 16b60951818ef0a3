/** The locked app: nothing but the PIN, and the way out for whoever forgot it. It knows no names, as nothing is open yet. */

import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { ErrorSummary, Form } from "../../ui/fields.tsx";
import { Mark } from "../../ui/icons.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, LinkButton, Notice } from "../../ui/parts.tsx";
import type { Head } from "../../vault/disk.ts";
import { TamperedError } from "../../vault/seal.ts";
import type { SealedStore } from "../../vault/store.ts";
import type { Vault } from "../../vault/vault.ts";
import { t } from "../../words/t.ts";
import { Forgotten } from "./forgotten.tsx";
import { PinField, useShown } from "./pin-field.tsx";

interface LockedProps {
  readonly vault: Vault;
  readonly head: Head;
  readonly onOpen: (store: SealedStore) => void;
  /** The vault was erased: begin anew. */
  readonly onErased: () => void;
}

export function Locked(props: LockedProps) {
  const [isForgotten, setForgotten] = useState(false);
  return (
    <div class="kith-frame">
      <header class="kith-top">
        <div class="kith-top__row">
          <span class="kith-top__name">
            <Mark />
            Kith
          </span>
        </div>
      </header>
      <main class="kith-main" id="maincontent" tabIndex={-1}>
        {isForgotten ? (
          <Forgotten {...props} back={() => setForgotten(false)} />
        ) : (
          <EnterPin {...props} forgotten={() => setForgotten(true)} />
        )}
      </main>
    </div>
  );
}

function EnterPin({ vault, head, onOpen, onErased, forgotten }: LockedProps & { readonly forgotten: () => void }) {
  const [pin, setPin] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [waitMs, setWaitMs] = useWait(vault);
  const { isShown, toggle } = useShown();

  // There is one thing to do here, so typing can begin at once.
  useLayoutEffect(() => document.getElementById("unlock-pin")?.focus(), []);

  const attempt = async (): Promise<void> => {
    const tried = await vault.unlock(pin);
    if (tried.is === "open") return onOpen(tried.store);
    if (tried.is === "erased") return onErased();
    setPin("");
    setWaitMs(tried.wait_ms);
    setWrong(tried.is === "wrong" ? t("safety.lock.wrong", { count: tried.left }) : null);
  };
  const submit = async (): Promise<void> => {
    if (busy || waitMs > 0) return;
    if (!pin) return setWrong(t("safety.lock.missing"));
    setBusy(true);
    try {
      await attempt();
    } catch (error) {
      if (!(error instanceof TamperedError)) throw error;
      setWrong(t("safety.lock.tampered"));
    } finally {
      setBusy(false);
    }
  };

  const errors = wrong === null ? {} : { "unlock-pin": wrong };
  return (
    <Page title={t("safety.lock.title")} failed={wrong !== null} leavesFocus>
      <ErrorSummary errors={errors} />
      {head.waiting > 0 && (
        <Notice>
          <p>{t("safety.lock.waiting", { count: head.waiting })}</p>
        </Notice>
      )}
      <Form onSubmit={() => void submit()} label={t("safety.lock.title")}>
        <PinField
          id="unlock-pin" label={t("safety.pin")} hint={t("safety.lock.hint")} value={pin} onChange={setPin} error={errors["unlock-pin"]}
          isShown={isShown}
        />
        {toggle}
        <p role="status">{waitMs > 0 ? t("safety.lock.wait", { count: Math.ceil(waitMs / 1000) }) : ""}</p>
        <Button type="submit">{busy ? t("safety.lock.unlocking") : t("safety.lock.unlock")}</Button>
      </Form>
      <p>
        <LinkButton onClick={forgotten}>{t("safety.lock.forgotten")}</LinkButton>
      </p>
    </Page>
  );
}

/** How long until the next try, counting down, also after a reload. */
function useWait(vault: Vault): [number, (ms: number) => void] {
  const [ms, setMs] = useState(0);
  useEffect(() => {
    void vault.prepare();
    void vault.waitMs().then(setMs);
  }, []);
  useEffect(() => {
    if (ms <= 0) return;
    const timer = setTimeout(() => setMs(Math.max(0, ms - 1000)), Math.min(ms, 1000));
    return () => clearTimeout(timer);
  }, [ms]);
  return [ms, setMs];
}
