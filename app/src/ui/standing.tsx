/** How a record stands with the server, and what a page shows where there is no record: the states that every screen shares. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { QueuedFile } from "@contract/files/index.ts";
import type { AttentionEntry, Problem } from "@contract/sync/index.ts";
import type { Kind } from "@generated/contract.ts";
import { discardFile, retryFile } from "../data/file-queue.ts";
import { countRecords } from "../data/kith.ts";
import type { Item } from "../data/live.ts";
import { retry } from "../data/retry.ts";
import { mayHelp } from "../logic/again.ts";
import { narrowed } from "../logic/narrowed.ts";
import { at } from "../router.ts";
import { standingOf } from "../logic/standing.ts";
import { changeWords, fileWords, kindWords } from "../words/changes.ts";
import { problemDetail, problemWords } from "../words/problems.ts";
import { refusalWords } from "../words/sync.ts";
import { t } from "../words/t.ts";
import { useAbout } from "./about.ts";
import { useReach, useStatus } from "./context.ts";
import { Page } from "./page.tsx";
import { Button, Notice } from "./parts.tsx";
import { useAttention, useOutbox } from "./queue.ts";
import { Written } from "./written.tsx";

/** One line under a record: that it waits on this phone, and for what. Nothing when all of it is sent. */
export function Standing({ item }: { readonly item: Pick<Item<Kind>, "kind" | "id" | "pending"> }) {
  const status = useStatus();
  const entries = useOutbox().filter((entry) => entry.kind === item.kind && entry.id === item.id);
  const standing = standingOf(entries, status?.state ?? "ready", item.pending);
  if (standing === "sent") return null;
  return (
    <p class="kith-standing" role="status">
      {standing === "sign-in" ? <a href={at("sign-in")}>{t("sync.standing.sign-in")}</a> : t(`sync.standing.${standing}`)}
    </p>
  );
}

interface RefusedNoticeProps {
  readonly kind: Kind;
  readonly id: string;
  /** Which of them belong here, where many things are asked of one record. */
  readonly only?: (entry: AttentionEntry) => boolean;
}

/** What was refused of a record, told kindly, until somebody has seen it. Nothing when nothing was. */
export function RefusedNotice({ kind, id, only = () => true }: RefusedNoticeProps) {
  const refused = useAttention().filter((entry) => entry.kind === kind && entry.id === id && only(entry));
  return <>{refused.map((entry) => <Refused key={entry.mid} entry={entry} heading="h2" />)}</>;
}

interface RefusedProps {
  readonly entry: AttentionEntry;
  /** As it fits below the headings of the page. */
  readonly heading?: "h2" | "h3";
}

/** One refused change: what it was, why it was not taken, what happens now; to be tried again or put away. */
export function Refused({ entry, heading = "h3" }: RefusedProps) {
  const reach = useReach();
  const { kith, say } = reach;
  const about = useAbout();
  const dismiss = async (): Promise<void> => {
    await kith.client.dismiss(entry.mid);
    kith.live.changed([entry.kind]);
  };
  const again = async (): Promise<void> => {
    const mid = await retry(reach, entry);
    say(mid === null ? t("sync.refused.nothingToRetry") : t("sync.refused.retried"), mid ?? []);
  };
  const { command } = entry;
  const problem = narrowed(entry);
  return (
    <NotTaken
      heading={heading} what={changeWords(entry, about(entry))} problem={problem} now={refusalWords({ command, problem })} wrote={<Written entry={entry} />}
      again={again} away={dismiss} seen={t("sync.refused.seen")}
    />
  );
}

/** One refused file, which this phone alone still has, or nobody: its record went to another team before it was sent. */
export function RefusedFile({ file: { id, bytes }, problem }: { readonly file: QueuedFile; readonly problem: Problem }) {
  const { kith, engine, say } = useReach();
  const again = async (): Promise<void> => {
    await retryFile(kith, id);
    engine.soon(0);
    say(t("sync.refused.retried"));
  };
  const away = (): Promise<void> => discardFile(kith, id);
  const isGone = bytes.length === 0;
  const [now, seen] = isGone ? [t("sync.refused.parted"), t("sync.refused.seen")] : [t("sync.refused.file"), t("sync.refused.letGo")];
  return <NotTaken heading="h3" what={fileWords()} problem={problem} now={now} again={isGone ? null : again} away={away} seen={seen} />;
}

interface NotTakenProps {
  readonly heading: "h2" | "h3";
  readonly what: string;
  readonly problem: Problem;
  /** What happens now. */
  readonly now: string | null;
  /** The person's own words, which nobody else has read. */
  readonly wrote?: ComponentChildren;
  /** Null where there is nothing to try again with. */
  readonly again: (() => Promise<void>) | null;
  readonly away: () => Promise<void>;
  /** The words of the button that puts it away. */
  readonly seen: string;
}

function NotTaken({ heading: Heading, what, problem, now, wrote, again, away, seen }: NotTakenProps) {
  const about = <span class="nhsuk-u-visually-hidden">: {what}</span>;
  return (
    <Notice attention>
      <Heading class="nhsuk-heading-xs">{t("sync.refused.title", { change: what })}</Heading>
      <p>
        {problemWords(problem)} {problemDetail(problem)}
      </p>
      {now && <p class="kith-quiet">{now}</p>}
      {wrote}
      <div class="kith-buttons">
        {again && mayHelp(problem) && (
          <Button look="secondary" onClick={() => void again()}>
            {t("sync.refused.retry")}
            {about}
          </Button>
        )}
        <Button look="secondary" onClick={() => void away()}>
          {seen}
          {about}
        </Button>
      </div>
    </Notice>
  );
}

/** Where a list has nothing: says so, and what to do; before the first records have come it says that instead. */
export function Empty({ text, children }: { readonly text: string; readonly children?: ComponentChildren }) {
  const status = useStatus();
  if (status && status.synced_at === null) {
    return (
      <>
        <FirstLoading />
        <p class="kith-first-part">{t("sync.first.part")}</p>
      </>
    );
  }
  return (
    <div class="kith-empty">
      <p>{text}</p>
      {children}
    </div>
  );
}

/** Until the first sync is whole, once on a page: how many records have come so far, and that work can begin. Nothing afterwards. */
export function FirstLoading() {
  const status = useStatus();
  const waits = status !== undefined && status.synced_at === null;
  const records = useRecordCount(waits);
  if (!waits) return null;
  return (
    <div class="kith-notice kith-first">
      <p role="status">{t(status.syncing || records > 0 ? "sync.first.coming" : "sync.first.waiting")}</p>
      {records > 0 && <p class="kith-quiet">{t("sync.first.records", { count: records })}</p>}
    </div>
  );
}

/** How often to count while records stream in; each count is one cheap request of the phone's own database. */
const COUNT_EVERY_MS = 700;

function useRecordCount(watching: boolean): number {
  const { kith } = useReach();
  const [records, setRecords] = useState(0);
  useEffect(() => {
    if (!watching) return;
    const look = (): void => void countRecords(kith).then(setRecords, () => undefined);
    look();
    const timer = setInterval(look, COUNT_EVERY_MS);
    return () => clearInterval(timer);
  }, [watching]);
  return records;
}

/** The page of a record that this phone does not hold: passed on, removed, or no longer this person's to see. */
export function Gone({ kind, back }: { readonly kind: Kind; readonly back: string }) {
  return (
    <Page title={t("sync.gone.title", { what: kindWords(kind) })} back={back}>
      <FirstLoading />
      <p>{t("sync.gone.text")}</p>
      <p>
        <a class="kith-more" href={at("sync")}>
          {t("sync.gone.sync")}
        </a>
      </p>
    </Page>
  );
}
