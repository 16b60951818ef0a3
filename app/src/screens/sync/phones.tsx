/** The phones of an account, so that a lost one can be shut out; and signing out of this one. */

import { useEffect, useState } from "preact/hooks";
import { at, go } from "../../router.ts";
import { unsentFiles } from "../../data/unsent.ts";
import { unsafeWords } from "../../logic/leaving.ts";
import { useDrafts, useOnce, useReach, useStatus } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Notice } from "../../ui/parts.tsx";
import { useFiles } from "../../ui/queue.ts";
import { sinceWords } from "../../words/dates.ts";
import { capital } from "../../words/plain.ts";
import { whyNot } from "../../words/problems.ts";
import { t } from "../../words/t.ts";

interface Phone {
  readonly id: string;
  readonly name: string;
  readonly platform: string;
  readonly enrolled_at: string;
  readonly last_seen_at: string | null;
  readonly revoked_at: string | null;
  readonly current: boolean;
}

export default function Phones() {
  const { kith, say } = useReach();
  const [phones, setPhones] = useState<readonly Phone[] | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const load = async (): Promise<void> => {
    try {
      const { status, body } = await kith.client.request("GET", "/v1/devices");
      if (status >= 400) throw new TypeError("the list did not come");
      setPhones((body as { devices: Phone[] }).devices.filter((phone) => phone.revoked_at === null));
      setWrong(null);
    } catch (error) {
      setWrong(whyNot(error));
    }
  };
  useEffect(() => void load(), []);
  const remove = async (phone: Phone): Promise<void> => {
    try {
      await kith.client.request("DELETE", `/v1/devices/${encodeURIComponent(phone.id)}`);
      say(t("account.phonesOf.out", { name: phone.name }));
      await load();
    } catch (error) {
      setWrong(whyNot(error));
    }
  };
  return (
    <Page title={t("account.phones")} back={at("more")} backText={t("account.more")}>
      <p>{t("account.phonesOf.text")}</p>
      {wrong && (
        <Notice attention>
          <p role="alert">{wrong}.</p>
        </Notice>
      )}
      <ul class="kith-list">
        {phones?.map((phone) => (
          <li class="kith-list__item" key={phone.id}>
            <div class="kith-row kith-row--still">
              <strong>{phone.name}</strong>
              <span class="kith-row__text">
                {seenWords(phone)}
              </span>
              {!phone.current && (
                <button class="kith-link-button" type="button" onClick={() => void remove(phone)}>
                  {t("account.phonesOf.shutOut")}<span class="nhsuk-u-visually-hidden"> {phone.name}</span>
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function seenWords(phone: Phone): string {
  if (phone.current) return t("account.phonesOf.this");
  return phone.last_seen_at ? t("account.phonesOf.seen", { since: sinceWords(phone.last_seen_at, new Date()) }) : t("account.phonesOf.never");
}

export function SignOut() {
  const { kith, engine } = useReach();
  const status = useStatus();
  const [wrong, setWrong] = useState<string | null>(null);
  // A refused change is kept by the server, a refused file by nobody else.
  const refusedFiles = useFiles().filter(({ refused }) => refused !== null).length;
  const waiting = (status?.waiting ?? 0) + (status?.deferred ?? 0) + refusedFiles;
  const drafts = useDrafts().length;
  const unsafe = unsafeWords({ changes: waiting, drafts });
  const once = useOnce();
  const leave = async (even: boolean): Promise<boolean> => {
    try {
      // A draft or a file that this page has not heard of yet is asked about too.
      if (!even && (await kith.drafts.count()) + (await unsentFiles(kith)).length > 0) return false;
      await kith.client.signOut(even);
      forget();
      return true;
    } catch (error) {
      setWrong(whyNot(error));
      return false;
    }
  };
  return (
    <Page title={t("account.signOut")} back={at("more")} backText={t("account.more")}>
      <p>{t("account.leaving.text")}</p>
      {wrong && (
        <Notice attention>
          <p role="alert">{wrong}.</p>
        </Notice>
      )}
      {unsafe !== null ? (
        <>
          <Notice attention>
            <p>
              <strong>{capital(unsafe)}.</strong> {waiting > 0 && t("account.leaving.sendFirst")}{" "}
              {drafts > 0 && t("account.leaving.finishFirst")}
            </p>
          </Notice>
          {waiting > 0 && <Button onClick={() => void engine.now()}>{t("account.leaving.send")}</Button>}
          {drafts > 0 && (
            <ButtonLink href={at()} look="secondary">
              {t("account.leaving.see")}
            </ButtonLink>
          )}
          <Button look="warning" onClick={() => once(() => leave(true))}>
            {t("account.leaving.lose", { unsafe })}
          </Button>
        </>
      ) : (
        <Button look="warning" onClick={() => once(() => leave(false))}>
          {t("account.leaving.clear")}
        </Button>
      )}
    </Page>
  );
}

/** Nothing is left on the disk; start afresh, so that nothing is left in memory either. */
function forget(): void {
  go(at());
  location.reload();
}
