/** Sync in words that a person understands: saved on this phone, sent, needs you. */

import { useEffect, useState } from "preact/hooks";
import type { AttentionEntry, OutboxEntry, Status } from "@contract/sync/index.ts";
import { at } from "../router.ts";
import { useTopics } from "../data/live.ts";
import { readRanker } from "../rank/pack.ts";
import { useList, useOnline, useReach, useStatus } from "../ui/context.ts";
import { Page } from "../ui/page.tsx";
import { Button, ButtonLink, Facts, Notice } from "../ui/parts.tsx";
import { useAttention, useOutbox } from "../ui/queue.ts";
import { changeWords } from "../words/changes.ts";
import { sinceWords } from "../words/dates.ts";
import { capital, count, sizeWords } from "../words/plain.ts";
import { problemWords } from "../words/problems.ts";
import { fullWords, clockWords, crowdedWords, refusalWords } from "../words/sync.ts";

export function Sync() {
  const { engine } = useReach();
  const status = useStatus();
  if (!status) return null;
  return (
    <Page title="Sync">
      <State status={status} />
      <Told status={status} />
      <Button onClick={() => void engine.now()}>{status.syncing ? "Syncing…" : "Sync now"}</Button>
      <NeedsYou />
      <Waiting />
      <h2 class="nhsuk-heading-m">This phone</h2>
      <ThisPhone status={status} />
      <div class="kith-buttons">
        <ButtonLink href={at("phones")} look="secondary">
          Your phones
        </ButtonLink>
        <ButtonLink href={at("sign-out")} look="secondary">
          Sign out
        </ButtonLink>
      </div>
    </Page>
  );
}

function State({ status }: { readonly status: Status }) {
  const { waiting, deferred, problem, synced_at } = status;
  const saved = waiting === 0 ? "Everything is sent." : `${capital(count(waiting, "change"))} saved on this phone, waiting to be sent.`;
  return (
    <Notice attention={problem !== null}>
      <p role="status">
        <strong>{saved}</strong>
      </p>
      {deferred > 0 && <p>{capital(count(deferred, "change"))} arrived early and will count when the rest has come.</p>}
      {problem && <p>{problemWords(problem)}.</p>}
      {status.state === "sign-in" && (
        <p>
          <a href={at("sign-in")}>Sign in again</a> to send and receive. Your work is safe on this phone.
        </p>
      )}
      {status.state === "upgrade" && <p>This phone needs the newest version of Kith. Close Kith and open it again when you have a signal.</p>}
      <Offline />
      <p class="kith-quiet">{synced_at === null ? "Never synced yet." : `Last synced ${sinceWords(synced_at, new Date())}.`}</p>
    </Notice>
  );
}

function Offline() {
  return useOnline() ? null : <p>This phone has no signal. You can go on working; changes are sent when it is back.</p>;
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

function NeedsYou() {
  const { kith } = useReach();
  const refused = useAttention();
  const conflicts = useList("conflict").filter((one) => one.doc.status === "open");
  const dismiss = async (entry: AttentionEntry): Promise<void> => {
    await kith.client.dismiss(entry.mid);
    kith.live.changed([entry.kind]);
  };
  if (refused.length + conflicts.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">Needs you</h2>
      {conflicts.length > 0 && (
        <Notice attention>
          <p>
            <a href={at("conflicts")}>{capital(count(conflicts.length, "change"))} made twice</a>: choose which to keep.
          </p>
        </Notice>
      )}
      {refused.map((entry) => (
        <Notice attention key={entry.mid}>
          <h3 class="nhsuk-heading-xs">{changeWords(entry)}: not taken</h3>
          <p>
            {entry.problem.title} {entry.problem.detail}
          </p>
          <p class="kith-quiet">{refusalWords(entry.problem.remedy)}</p>
          <Button look="secondary" onClick={() => void dismiss(entry)}>
            I have seen this<span class="nhsuk-u-visually-hidden">: {changeWords(entry)}</span>
          </Button>
        </Notice>
      ))}
    </>
  );
}

function Waiting() {
  const { kith, say } = useReach();
  const outbox = useOutbox();
  const undo = async (entry: OutboxEntry): Promise<void> => {
    const undone = await kith.client.undo(entry.mid);
    say(undone.length > 0 ? "Taken back" : "It was sent already, so it cannot be taken back here");
  };
  if (outbox.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">Saved on this phone</h2>
      <ul class="kith-list">
        {outbox.map((entry) => (
          <li class="kith-list__item" key={entry.mid}>
            <div class="kith-row kith-row--still">
              <span>{changeWords(entry)}</span>
              <span class="kith-row__text">
                {capital(sinceWords(entry.made_at, new Date()))}
                {entry.deferred && " · arrived early, and will count when the rest has come"}
              </span>
              {entry.lseq === null && (
                <button class="kith-link-button" type="button" onClick={() => void undo(entry)}>
                  Undo<span class="nhsuk-u-visually-hidden">: {changeWords(entry)}</span>
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

interface Room {
  readonly records: number;
  readonly bytes: number | null;
  readonly kept: boolean | null;
}

function ThisPhone({ status }: { readonly status: Status }) {
  const { kith } = useReach();
  useTopics(kith.live, ["pack"]);
  const ranker = kith.live.get("pack", () => readRanker(kith));
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    void roomOf(kith.database.records.count()).then(setRoom);
  }, [status.synced_at]);
  const rankedBy = ranker?.version ? `Ranked by ${ranker.version}` : "Ranked by simple rules because no ranker has reached this phone yet";
  return (
    <Facts
      facts={[
        { name: "Signed in as", value: status.account?.name ?? "Nobody" },
        { name: "Shortlists", value: ranker?.trouble ? `${rankedBy}. ${ranker.trouble}` : rankedBy },
        { name: "Records", value: room ? room.records.toLocaleString("en-GB") : "" },
        ...(room?.bytes != null ? [{ name: "Room used", value: sizeWords(room.bytes) }] : []),
        ...(room?.kept != null ? [{ name: "Kept safe", value: room.kept ? "Yes: the phone will not clear it to make room" : "The phone may clear it if it runs out of room" }] : []),
      ]}
    />
  );
}

async function roomOf(records: PromiseLike<number>): Promise<Room> {
  const [number, estimate, kept] = await Promise.all([records, navigator.storage?.estimate?.(), navigator.storage?.persisted?.()]);
  return { records: number, bytes: estimate?.usage ?? null, kept: kept ?? null };
}
