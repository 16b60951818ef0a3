/** The phones of an account, so that a lost one can be shut out; and signing out of this one. */

import { useEffect, useState } from "preact/hooks";
import { at, go } from "../router.ts";
import { unsafeWords } from "../logic/leaving.ts";
import { useDrafts, useOnce, useReach, useStatus } from "../ui/context.ts";
import { Page } from "../ui/page.tsx";
import { Button, ButtonLink, Notice } from "../ui/parts.tsx";
import { sinceWords } from "../words/dates.ts";
import { capital } from "../words/plain.ts";
import { whyNot } from "../words/problems.ts";

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
      say(`${phone.name} is shut out. It clears itself when it next has a signal`);
      await load();
    } catch (error) {
      setWrong(whyNot(error));
    }
  };
  return (
    <Page title="Your phones" back={at("sync")} backText="Sync">
      <p>These phones and computers may hold your records. Shut out any that is lost.</p>
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
                {phone.current ? "This phone" : phone.last_seen_at ? `Last seen ${sinceWords(phone.last_seen_at, new Date())}` : "Never seen"}
              </span>
              {!phone.current && (
                <button class="kith-link-button" type="button" onClick={() => void remove(phone)}>
                  Shut out<span class="nhsuk-u-visually-hidden"> {phone.name}</span>
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}

export function SignOut() {
  const { kith, engine } = useReach();
  const status = useStatus();
  const [wrong, setWrong] = useState<string | null>(null);
  const waiting = (status?.waiting ?? 0) + (status?.deferred ?? 0);
  const drafts = useDrafts().length;
  const unsafe = unsafeWords({ changes: waiting, drafts });
  const once = useOnce();
  const leave = async (even: boolean): Promise<boolean> => {
    try {
      // A draft that this page has not heard of yet is asked about too.
      if (!even && (await kith.database.drafts.count()) > 0) return false;
      await kith.client.signOut(even);
      await forget(kith);
      return true;
    } catch (error) {
      setWrong(whyNot(error));
      return false;
    }
  };
  return (
    <Page title="Sign out" back={at("sync")} backText="Sync">
      <p>Signing out clears everything that Kith keeps on this phone. What was sent is safe on the server.</p>
      {wrong && (
        <Notice attention>
          <p role="alert">{wrong}.</p>
        </Notice>
      )}
      {unsafe !== null ? (
        <>
          <Notice attention>
            <p>
              <strong>{capital(unsafe)}.</strong> {waiting > 0 && "Send the changes first, or they will be lost."}{" "}
              {drafts > 0 && "Finish each referral and save it first, or it will be lost."}
            </p>
          </Notice>
          {waiting > 0 && <Button onClick={() => void engine.now()}>Send them now</Button>}
          {drafts > 0 && (
            <ButtonLink href={at()} look="secondary">
              See unfinished referrals
            </ButtonLink>
          )}
          <Button look="warning" onClick={() => once(() => leave(true))}>
            Sign out and lose {unsafe}
          </Button>
        </>
      ) : (
        <Button look="warning" onClick={() => once(() => leave(false))}>
          Sign out and clear this phone
        </Button>
      )}
    </Page>
  );
}

/** Clear what the sync client does not know of, then start afresh with a new name for this phone. */
async function forget(kith: ReturnType<typeof useReach>["kith"]): Promise<void> {
  await Promise.all([kith.database.drafts.clear(), kith.database.packs.clear(), kith.database.settings.clear()]);
  kith.live.changed(null);
  go(at());
  location.reload();
}
