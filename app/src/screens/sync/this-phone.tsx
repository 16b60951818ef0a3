/** Facts about this phone: who uses it, what it holds, what sync has cost. */

import { useEffect, useState } from "preact/hooks";
import type { Status } from "@contract/sync/index.ts";
import { countRecords, type Kith } from "../../data/kith.ts";
import { useTopics } from "../../data/live.ts";
import { readRanker } from "../../rank/pack.ts";
import { type DataUsed, readUsed } from "../../sync/meter.ts";
import { useReach } from "../../ui/context.ts";
import { type Fact, Facts } from "../../ui/parts.tsx";
import { dateWords } from "../../words/dates.ts";
import { sizeWords } from "../../words/plain.ts";
import { bytesWords } from "../../words/sync.ts";
import { numberWords, t } from "../../words/t.ts";

interface Held {
  readonly records: number;
  readonly room: StorageEstimate;
  readonly kept: boolean | null;
  readonly data: DataUsed;
}

export function ThisPhone({ status }: { readonly status: Status }) {
  const { kith } = useReach();
  useTopics(kith.live, ["pack"]);
  const ranker = kith.live.get("pack", () => readRanker(kith));
  const [held, setHeld] = useState<Held | null>(null);
  useEffect(() => {
    void heldBy(kith).then(setHeld);
  }, [status.synced_at, status.waiting]);
  const ranked = ranker?.version ? t("sync.phone.ranked", { day: madeOn(ranker.version) }) : t("sync.phone.simple");
  return (
    <Facts
      facts={[
        { name: t("sync.phone.who"), value: status.account?.name ?? t("sync.phone.nobody") },
        { name: t("sync.phone.shortlists"), value: ranker?.trouble ? `${ranked}. ${ranker.trouble}` : ranked },
        ...(held ? factsOf(held) : []),
      ]}
    />
  );
}

/** The day in the name of a ranker, which begins with it. */
function madeOn(version: string): string {
  const day = /^\d{4}-\d\d-\d\d/.exec(version)?.[0];
  return day ? dateWords(day) : version;
}

function factsOf({ records, room, kept, data }: Held): Fact[] {
  return [
    { name: t("sync.phone.records"), value: numberWords(records) },
    { name: t("sync.phone.data"), value: <DataWords data={data} /> },
    ...(room.usage === undefined ? [] : [{ name: t("sync.phone.room"), value: roomWords(room) }]),
    ...(kept === null ? [] : [{ name: t("sync.phone.safe"), value: t(kept ? "sync.phone.safeYes" : "sync.phone.safeNo") }]),
  ];
}

function DataWords({ data: { today, month, idle } }: { readonly data: DataUsed }) {
  return (
    <>
      {t("sync.phone.dataWords", { today: sizeWords(today), month: sizeWords(month) })}.
      {idle !== null && <span class="kith-quiet"> {t("sync.phone.idle", { bytes: bytesWords(idle) })}.</span>}
    </>
  );
}

export function roomWords({ usage = 0, quota }: StorageEstimate): string {
  return quota ? t("sync.phone.roomOf", { used: sizeWords(usage), all: sizeWords(quota) }) : sizeWords(usage);
}

async function heldBy(kith: Kith): Promise<Held> {
  const [records, room, kept, data] = await Promise.all([
    countRecords(kith), navigator.storage?.estimate?.(), navigator.storage?.persisted?.(), readUsed(kith.database, new Date()),
  ]);
  return { records, room: room ?? {}, kept: kept ?? null, data };
}
