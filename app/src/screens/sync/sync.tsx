/** Sync in words that a person understands: saved on this phone, sent, needs you. */

import type { Status } from "@contract/sync/index.ts";
import { at } from "../../router.ts";
import { listening } from "../../sync/listening.ts";
import { useTold } from "../../sync/told.ts";
import { useOnline, useReach, useStatus } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Notice } from "../../ui/parts.tsx";
import { Rich } from "../../ui/rich.tsx";
import { FirstLoading } from "../../ui/standing.tsx";
import { Taken } from "../../ui/taken.tsx";
import { sinceWords } from "../../words/dates.ts";
import { problemDetail, problemWords } from "../../words/problems.ts";
import { againWords, clockWords, crowdedWords, fullWords } from "../../words/sync.ts";
import { t } from "../../words/t.ts";
import { NeedsYou } from "./needs-you.tsx";
import { ThisPhone } from "./this-phone.tsx";
import { Waiting } from "./waiting.tsx";

export function Sync() {
  const { engine } = useReach();
  const status = useStatus();
  if (!status) return null;
  return (
    <Page title={t("sync.title")}>
      <FirstLoading />
      <State status={status} />
      <Taken />
      <Told status={status} />
      <Button onClick={() => void engine.now()}>{t(status.syncing ? "sync.syncing" : "sync.now")}</Button>
      <NeedsYou />
      <Waiting />
      <h2 class="nhsuk-heading-m">{t("sync.phone.title")}</h2>
      <ThisPhone status={status} />
      <div class="kith-buttons">
        <ButtonLink href={at("sync", "room")} look="secondary">
          {t("sync.phone.look")}
        </ButtonLink>
        <ButtonLink href={at("phones")} look="secondary">
          {t("sync.phone.phones")}
        </ButtonLink>
        <ButtonLink href={at("sign-out")} look="secondary">
          {t("sync.phone.signOut")}
        </ButtonLink>
      </div>
    </Page>
  );
}

/** What waits, why, and what happens next. */
function State({ status }: { readonly status: Status }) {
  const { waiting, deferred, problem, synced_at } = status;
  const needsPerson = status.state === "sign-in" || status.state === "upgrade";
  return (
    <Notice attention={problem !== null || needsPerson}>
      <p role="status">
        <strong>{waiting === 0 ? t("sync.state.sent") : t("sync.state.waiting", { count: waiting })}</strong>
      </p>
      {deferred > 0 && <p>{t("sync.state.early", { count: deferred })}</p>}
      {problem && !needsPerson && <Trouble status={status} problem={problem} />}
      {status.state === "sign-in" && (
        <p>
          <Rich text="sync.state.signIn" parts={{ in: (words) => <a href={at("sign-in")}>{words}</a> }} />
        </p>
      )}
      {status.state === "upgrade" && <p>{t("sync.state.upgrade")}</p>}
      <Contact isTroubled={problem !== null || needsPerson} />
      <p class="kith-quiet">{synced_at === null ? t("sync.state.never") : t("sync.state.last", { when: sinceWords(synced_at, new Date()) })}</p>
    </Notice>
  );
}

function Trouble({ status, problem }: { readonly status: Status; readonly problem: NonNullable<Status["problem"]> }) {
  const online = useOnline();
  // A phone that knows that it has no signal says so by itself.
  if (!online && problem.type === "/problems/offline") return null;
  return (
    <p>
      {problemWords(problem)} {againWords(status.retry_at, Date.now()) ?? problemDetail(problem)}
    </p>
  );
}

/** Whether news comes at once, now and then, or not until there is a signal; who is in trouble has been told what happens next. */
function Contact({ isTroubled }: { readonly isTroubled: boolean }) {
  const online = useOnline();
  const live = useTold(listening);
  if (!online) return <p>{t("sync.state.noSignal")}</p>;
  if (isTroubled) return null;
  return <p class="kith-quiet">{t(live ? "sync.state.live" : "sync.state.polling")}</p>;
}

/** What a person should know though sync goes on. */
function Told({ status }: { readonly status: Status }) {
  const told = [fullWords(status.away), crowdedWords(status.crowded), clockWords(status.clock_offset_ms)].filter((words) => words !== null);
  if (told.length === 0) return null;
  return (
    <Notice attention>
      {told.map((words) => (
        <p key={words}>{words}.</p>
      ))}
    </Notice>
  );
}
