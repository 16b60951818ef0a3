/** The bars that frame every page: the name and sync state above, the tabs below, what was just done between. */

import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Account, OutboxEntry, Status } from "@contract/sync/index.ts";
import { Lingering } from "../logic/lingering.ts";
import { at, type Place } from "../router.ts";
import { AREAS, areasFor } from "../screens/areas.ts";
import { makeRoom, noRoom, takesMore } from "../sync/room.ts";
import { useTold } from "../sync/told.ts";
import { useNewerApp } from "../sync/worker.ts";
import { t } from "../words/t.ts";
import { useOnline, useReach, useStatus } from "./context.ts";
import { Icon, Mark } from "./icons.tsx";
import { useAttention, useConflicts, useOutbox } from "./queue.ts";

export interface Said {
  readonly text: string;
  readonly mids: readonly string[];
  /** What follows when it was taken back. */
  readonly undone: (() => void) | undefined;
  readonly n: number;
}

export function Top({ signedIn }: { readonly signedIn: boolean }) {
  return (
    <header class="kith-top">
      <div class="kith-top__row">
        <a class="kith-top__name" href={at()}>
          <Mark />
          Kith
        </a>
        {signedIn && <SyncState />}
      </div>
    </header>
  );
}

function SyncState() {
  const status = useStatus();
  const online = useOnline();
  const toSettle = (useConflicts() ?? []).filter(({ commands }) => commands.length === 0);
  if (!status) return null;
  return (
    <a class="kith-top__sync" href={at("sync")}>
      {syncWords(status, status.attention + toSettle.length)}
      {!online && ` · ${t("ui.noSignal")}`}
    </a>
  );
}

function syncWords({ waiting, state, synced_at, syncing }: Status, needsYou: number): string {
  if (needsYou > 0) return [t("ui.needsYou", { count: needsYou }), ...(waiting > 0 ? [t("ui.toSend", { count: waiting })] : [])].join(" · ");
  if (state === "sign-in") return t("ui.signInAgain");
  if (waiting > 0) return t("ui.toSend", { count: waiting });
  // Who has received nothing yet has sent nothing either.
  if (synced_at === null) return t(syncing ? "ui.loading" : "ui.notLoaded");
  return t("ui.allSent");
}

export function Update() {
  const { is, use } = useNewerApp();
  if (is === "none") return null;
  return (
    <div class="kith-update" role="status">
      <p>{t(is === "wanted" ? "sync.update.later" : "sync.update.ready")}</p>
      {is === "ready" && (
        <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={use}>
          {t("sync.update.use")}
        </button>
      )}
    </div>
  );
}

/** The phone is full: what is on the page stays there until there is room and it is saved again. */
export function NoRoom() {
  const { kith, say } = useReach();
  const isFull = useTold(noRoom);
  if (!isFull) return null;
  const make = async (): Promise<void> => {
    const hasRoom = (await makeRoom(kith.database)) && (await takesMore(kith.database));
    if (hasRoom) noRoom.tell(false);
    say(t(hasRoom ? "sync.room.again" : "sync.room.still"));
  };
  return (
    <div class="kith-update kith-update--long kith-update--full" role="alert">
      <p>
        <strong>{t("sync.room.barTitle")}</strong> {t("sync.room.barText")}
      </p>
      <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={() => void make()}>
        {t("sync.room.make")}
      </button>
    </div>
  );
}

/** The browser deleted what is kept here while it was open. */
export function Restored() {
  const { restored } = useReach().kith.vault;
  if (!useTold(restored)) return null;
  return (
    <div class="kith-update kith-update--long" role="status">
      <p>
        <strong>{t("safety.restored.title")}</strong> {t("safety.restored.text")}
      </p>
      <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={() => restored.tell(false)}>
        {t("sync.refused.seen")}
      </button>
    </div>
  );
}

export function Toast({ said, done }: { readonly said: Said | null; readonly done: () => void }) {
  const { say, undo: takeBack } = useReach();
  const unsent = new Set(useOutbox().flatMap((entry) => (entry.lseq === null ? [entry.mid] : [])));
  const canUndo = said?.mids.some((mid) => unsent.has(mid)) ?? false;
  const undo = async (): Promise<void> => {
    const taken = await takeBack(said?.mids ?? []);
    done();
    if (taken.length > 0) (said?.undone ?? (() => leaveGone(taken)))();
    say(t(taken.length > 0 ? "ui.takenBack" : "ui.sentAlready"));
  };
  // What was refused is told where it belongs: the line that said it was saved must not stand beside that.
  const refused = useAttention().some(({ mid }) => said?.mids.includes(mid));
  useEffect(() => {
    if (refused) done();
  }, [refused]);
  const line = useRef<HTMLDivElement>(null);
  useLingering(said, done, line);
  return (
    <div role="status" aria-live="polite" ref={line}>
      {said && (
        <div class="kith-toast">
          <p>{said.text}</p>
          {canUndo && (
            <button type="button" onClick={() => void undo()}>
              {t("ui.undo")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** The page of a record that is no more is no page to stay on: back to where it was made. */
function leaveGone(taken: readonly OutboxEntry[]): void {
  if (taken.some(({ op, id }) => op === "create" && location.hash.split("/").includes(id))) history.back();
}

/** Let the line go after its time, or with the page that it was said on; not while somebody looks at it or comes to it. */
function useLingering(said: Said | null, done: () => void, line: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const held = line.current;
    if (said === null || held === null) return;
    const now = (): number => performance.now();
    const life = new Lingering(now());
    let timer = setTimeout(done, life.left(now()) ?? 0);
    const wait = (): void => {
      clearTimeout(timer);
      const left = life.left(now());
      if (left !== null) timer = setTimeout(done, left);
    };
    const hold = (is: boolean) => (): void => (life.hold(is, now()), wait());
    const walk = (event: KeyboardEvent): void => {
      life.touch();
      if (event.key === "Tab" && life.left(now()) !== null) life.walk(now());
      wait();
    };
    const leave = (): void => void (life.leaves(now()) && done());
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener("pointerdown", () => life.touch(), { signal, capture: true });
    addEventListener("keydown", walk, { signal, capture: true });
    addEventListener("hashchange", leave, { signal });
    for (const name of ["pointerenter", "focusin"]) held.addEventListener(name, hold(true), { signal });
    for (const name of ["pointerleave", "focusout"]) held.addEventListener(name, hold(false), { signal });
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [said?.n]);
}

interface Tab {
  readonly name: string;
  readonly icon: string;
  readonly href: string;
  /** First parts of addresses that belong to this tab. */
  readonly holds: readonly string[];
}

const OWN_TABS = 2;

/** Home, the two most important areas of this account, sync, and everything else under "More". */
function tabsFor(account: Account): Tab[] {
  const own = areasFor(account).filter((area) => area.icon !== undefined).slice(0, OWN_TABS);
  const first = own.map(({ title, icon = "", opens }, n) => ({
    name: t(title), icon, href: at(...opens.slice(0, 1)), holds: n === 0 && opens[0] === "people" ? [...opens, "referrals", "placements"] : opens,
  }));
  const named = new Set(["", "sync", "conflicts", ...first.flatMap((tab) => tab.holds)]);
  const rest = AREAS.flatMap((area) => area.opens).filter((part) => !named.has(part));
  return [
    { name: t("home.tab"), icon: "home", href: at(), holds: [""] },
    ...first,
    { name: t("sync.tab"), icon: "sync", href: at("sync"), holds: ["sync", "conflicts"] },
    { name: t("account.more"), icon: "more", href: at("more"), holds: rest },
  ];
}

export function Tabs({ account, place }: { readonly account: Account; readonly place: Place }) {
  const first = place.parts[0] ?? "";
  return (
    <nav class="kith-tabs" aria-label={t("ui.main")}>
      <ul class="kith-tabs__list">
        {tabsFor(account).map((tab) => (
          <li class="kith-tabs__item" key={tab.name}>
            <a class="kith-tabs__link" href={tab.href} aria-current={tab.holds.includes(first) ? "page" : undefined}>
              <Icon name={tab.icon} />
              {tab.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
