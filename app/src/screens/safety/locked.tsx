/** The locked app: nothing but the PIN, and the way out for whoever forgot it. It knows no names, as nothing is open yet. */

import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { ErrorSummary, Form } from "../../ui/fields.tsx";
import { isNoRoom } from "../../logic/room.ts";
import { Mark } from "../../ui/icons.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, LinkButton, Notice } from "../../ui/parts.tsx";
import { GoneError, type Head } from "../../vault/disk.ts";
import { TamperedError } from "../../vault/seal.ts";
import type { SealedStore } from "../../vault/store.ts";
import type { Vault } from "../../vault/vault.ts";
import { t } from "../../words/t.ts";
import { Forgotten, type Shut } from "./forgotten.tsx";
import { PinField, useShown } from "./pin-field.tsx";

interface LockedProps {
  readonly vault: Vault;
  readonly head: Head;
  readonly onOpen: (store: SealedStore) => Promise<void>;
  /** The vault was erased: begin anew. */
  readonly onErased: () => void;
}

export function Locked(props: LockedProps) {
  const [shut, setShut] = useState<Shut | null>(null);
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
        {shut !== null ? <Forgotten {...props} why={shut} back={() => setShut(null)} /> : <EnterPin {...props} stays={setShut} />}
      </main>
    </div>
  );
}

function EnterPin({ vault, head, onOpen, onErased, stays }: LockedProps & { readonly stays: (why: Shut) => void }) {
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
    if (tried.is === "full") return setWrong(t("safety.lock.full"));
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
      if (error instanceof GoneError) return onErased();
      if (error instanceof TamperedError) return stays("damaged");
      setWrong(t(isNoRoom(error) ? "safety.lock.full" : "safety.lock.failed"));
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
        <LinkButton onClick={() => stays("forgotten")}>{t("safety.lock.forgotten")}</LinkButton>
      </p>
    </Page>
  );
}

/** How long until the next try, counting down, also after a reload. */
function useWait(vault: Vault): [number, (ms: number) => void] {
  const [ms, setMs] = useState(0);
  useEffect(() => {
    // What fails here fails again at the PIN, and is told there.
    vault.prepare().catch(() => undefined);
    vault.waitMs().then(setMs, () => undefined);
  }, []);
  useEffect(() => {
    if (ms <= 0) return;
    const timer = setTimeout(() => setMs(Math.max(0, ms - 1000)), Math.min(ms, 1000));
    return () => clearTimeout(timer);
  }, [ms]);
  return [ms, setMs];
}
