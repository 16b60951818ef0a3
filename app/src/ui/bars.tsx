/** The bars that frame every page: the name and sync state above, the tabs below, what was just done between. */

import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Account } from "@contract/sync/index.ts";
import { Lingering } from "../logic/lingering.ts";
import { at, type Place } from "../router.ts";
import { useUpdate } from "../sync/worker.ts";
import { useOnline, useReach, useStatus } from "./context.ts";
import { Icon, Mark } from "./icons.tsx";
import { useOutbox } from "./queue.ts";

export interface Said {
  readonly text: string;
  readonly mids: readonly string[];
  /** What follows when it was taken back. */
  readonly undone: (() => Promise<void>) | undefined;
  readonly n: number;
}

export function Top({ signedIn }: { readonly signedIn: boolean }) {
  const status = useStatus();
  const online = useOnline();
  return (
    <header class="kith-top">
      <div class="kith-top__row">
        <a class="kith-top__name" href={at()}>
          <Mark />
          Kith
        </a>
        {signedIn && status && (
          <a class="kith-top__sync" href={at("sync")}>
            {syncWords(status.waiting, status.attention, status.state === "sign-in")}
            {!online && " · no signal"}
          </a>
        )}
      </div>
    </header>
  );
}

function syncWords(waiting: number, attention: number, signInAgain: boolean): string {
  if (attention > 0) return `${attention} ${attention === 1 ? "needs" : "need"} you`;
  if (signInAgain) return "Sign in again";
  return waiting === 0 ? "All sent" : `${waiting} to send`;
}

export function Update() {
  const update = useUpdate();
  if (!update) return null;
  return (
    <div class="kith-update" role="status">
      <p>A new version of Kith is ready.</p>
      <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={update}>
        Use it now
      </button>
    </div>
  );
}

export function Toast({ said, done }: { readonly said: Said | null; readonly done: () => void }) {
  const { kith, say } = useReach();
  const unsent = new Set(useOutbox().flatMap((entry) => (entry.lseq === null ? [entry.mid] : [])));
  const canUndo = said?.mids.some((mid) => unsent.has(mid)) ?? false;
  const undo = async (): Promise<void> => {
    let undone = 0;
    for (const mid of said?.mids ?? []) undone += (await kith.client.undo(mid)).length;
    done();
    if (undone > 0) await said?.undone?.();
    say(undone > 0 ? "Taken back" : "It was sent already, so it cannot be taken back here");
  };
  const line = useRef<HTMLDivElement>(null);
  useLingering(said, done, line);
  return (
    <div role="status" aria-live="polite" ref={line}>
      {said && (
        <div class="kith-toast">
          <p>{said.text}</p>
          {canUndo && (
            <button type="button" onClick={() => void undo()}>
              Undo
            </button>
          )}
        </div>
      )}
    </div>
  );
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
  readonly parts: readonly string[];
  /** First parts of addresses that belong to this tab. */
  readonly holds: readonly string[];
}

function tabsFor(account: Account): Tab[] {
  const isWorker = account.roles.some((role) => role === "prescriber" || role === "outreach");
  const hasTasks = account.volunteer_id !== null || account.roles.includes("centre");
  return [
    { name: "Home", icon: "home", parts: [], holds: [""] },
    ...(isWorker ? [{ name: "People", icon: "people", parts: ["people"], holds: ["people", "referrals", "placements", "items"] }] : []),
    ...(hasTasks ? [{ name: "Tasks", icon: "tasks", parts: ["tasks"], holds: ["tasks"] }] : []),
    ...(account.volunteer_id !== null ? [{ name: "My details", icon: "me", parts: ["me"], holds: ["me"] }] : []),
    { name: "Sync", icon: "sync", parts: ["sync"], holds: ["sync", "conflicts", "phones", "sign-out"] },
  ];
}

export function Tabs({ account, place }: { readonly account: Account; readonly place: Place }) {
  const first = place.parts[0] ?? "";
  return (
    <nav class="kith-tabs" aria-label="Main">
      <ul class="kith-tabs__list">
        {tabsFor(account).map((tab) => (
          <li class="kith-tabs__item" key={tab.name}>
            <a class="kith-tabs__link" href={at(...tab.parts)} aria-current={tab.holds.includes(first) ? "page" : undefined}>
              <Icon name={tab.icon} />
              {tab.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
