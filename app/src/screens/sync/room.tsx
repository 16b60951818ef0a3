/** Room on this phone: how much there is, how to keep it, and what to do when it runs out. */

import { useEffect, useState } from "preact/hooks";
import { makeRoom } from "../../sync/room.ts";
import { at } from "../../router.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Facts } from "../../ui/parts.tsx";
import { sizeWords } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { roomWords } from "./this-phone.tsx";

interface Room {
  readonly estimate: StorageEstimate;
  readonly kept: boolean | null;
}

export function RoomHere() {
  const { kith, say } = useReach();
  const [room, setRoom] = useState<Room | null>(null);
  const [looks, setLooks] = useState(0);
  const once = useOnce(looks);
  useEffect(() => {
    void look().then(setRoom);
  }, [looks]);
  const protect = async (): Promise<void> => {
    const kept = (await navigator.storage?.persist?.()) ?? false;
    say(t(kept ? "sync.room.protected" : "sync.room.notProtected"));
    setLooks(looks + 1);
  };
  const make = async (): Promise<void> => {
    const made = await makeRoom(kith.database);
    kith.live.changed(["pack"]);
    say(t(made ? "sync.room.made" : "sync.room.still"));
    setLooks(looks + 1);
  };
  return (
    <Page title={t("sync.room.title")} back={at("sync")} backText={t("sync.back")}>
      <p>{t("sync.room.intro")}</p>
      {room && <RoomFacts room={room} />}
      {room?.kept === false && (
        <Button look="secondary" onClick={() => once(protect)}>
          {t("sync.room.protect")}
        </Button>
      )}
      <p>{t("sync.room.makeText")}</p>
      <Button look="secondary" onClick={() => once(make)}>
        {t("sync.room.make")}
      </Button>
      <p>{t("sync.room.more")}</p>
    </Page>
  );
}

function RoomFacts({ room: { estimate, kept } }: { readonly room: Room }) {
  const free = Math.max(0, (estimate.quota ?? 0) - (estimate.usage ?? 0));
  return (
    <Facts
      facts={[
        { name: t("sync.phone.room"), value: roomWords(estimate) },
        ...(estimate.quota === undefined ? [] : [{ name: t("sync.room.free"), value: sizeWords(free) }]),
        ...(kept === null ? [] : [{ name: t("sync.phone.safe"), value: t(kept ? "sync.phone.safeYes" : "sync.phone.safeNo") }]),
      ]}
    />
  );
}

async function look(): Promise<Room> {
  const [estimate, kept] = await Promise.all([navigator.storage?.estimate?.(), navigator.storage?.persisted?.()]);
  return { estimate: estimate ?? {}, kept: kept ?? null };
}
