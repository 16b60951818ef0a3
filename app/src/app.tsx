/** The frame: header, the screen that the address names, tabs, and the line that offers to undo. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Account } from "@contract/sync/index.ts";
import type { Kith } from "./data/kith.ts";
import { at, usePlace, type Place } from "./router.ts";
import { Home } from "./screens/home.tsx";
import { AddNote } from "./screens/note.tsx";
import { People } from "./screens/people.tsx";
import { Person } from "./screens/person.tsx";
import { NothingSuitable, Referral, ReferralStatus } from "./screens/referral.tsx";
import { SignIn } from "./screens/sign-in.tsx";
import { Sync } from "./screens/sync.tsx";
import { Task, TaskDone } from "./screens/task.tsx";
import { Tasks } from "./screens/tasks.tsx";
import type { Engine } from "./sync/engine.ts";
import { useUpdate } from "./sync/worker.ts";
import { Boundary, failureWords } from "./ui/boundary.tsx";
import { type Reach, ReachContext, useOne, useReach, useStatus } from "./ui/context.ts";
import { Icon, Mark } from "./ui/icons.tsx";
import { lazy } from "./ui/lazy.tsx";
import { Page } from "./ui/page.tsx";
import { useOutbox } from "./ui/queue.ts";

const Shortlist = lazy(() => import("./screens/shortlist.tsx"));
const PersonEdit = lazy(() => import("./screens/person-edit.tsx"));
const ItemPage = lazy(() => import("./screens/item.tsx"));
const Placement = lazy(() => import("./screens/placement.tsx"));
const Me = lazy(() => import("./screens/me.tsx"));
const Conflicts = lazy(() => import("./screens/conflicts.tsx"));
const Conflict = lazy(async () => ({ default: (await import("./screens/conflicts.tsx")).Conflict }));
const Phones = lazy(() => import("./screens/phones.tsx"));
const SignOut = lazy(async () => ({ default: (await import("./screens/phones.tsx")).SignOut }));
const NewReferral = lazy(() => import("./screens/wizard.tsx"));
const Wizard = lazy(async () => ({ default: (await import("./screens/wizard.tsx")).Wizard }));

interface Said {
  readonly text: string;
  readonly mids: readonly string[];
  readonly n: number;
}

const SAID_FOR_MS = 10_000;

export function App({ kith, engine }: { readonly kith: Kith; readonly engine: Engine }) {
  const [said, setSaid] = useState<Said | null>(null);
  const reach = useMemo<Reach>(
    () => ({
      kith,
      engine,
      say: (text, undo = []) => setSaid((before) => ({ text, mids: typeof undo === "string" ? [undo] : undo, n: (before?.n ?? 0) + 1 })),
      midsOf: async (id) => (await kith.client.outbox()).filter((entry) => entry.id === id && entry.lseq === null).map((entry) => entry.mid).reverse(),
    }),
    [kith, engine],
  );
  useEffect(() => {
    const timer = setTimeout(() => setSaid(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said?.n]);
  useEffect(() => {
    const failed = (event: PromiseRejectionEvent): void => reach.say(failureWords(event.reason));
    addEventListener("unhandledrejection", failed);
    return () => removeEventListener("unhandledrejection", failed);
  }, [reach]);
  return (
    <ReachContext.Provider value={reach}>
      <Frame said={said} done={() => setSaid(null)} />
    </ReachContext.Provider>
  );
}

function Frame({ said, done }: { readonly said: Said | null; readonly done: () => void }) {
  const main = useRef<HTMLElement>(null);
  const place = usePlace();
  const status = useStatus();
  const wasWiped = useRef<boolean | null>(null);
  useEffect(() => {
    if (!status) return;
    // A wipe leaves nothing behind, also not in what this page still remembers.
    if (wasWiped.current === false && status.state === "wiped") location.reload();
    wasWiped.current = status.state === "wiped";
  }, [status?.state]);
  const skip = (event: Event): void => {
    event.preventDefault();
    main.current?.focus();
  };
  const account = status?.account ?? null;
  const inside = account !== null && status?.state !== "wiped" && place.parts[0] !== "sign-in";
  return (
    <div class="kith-frame">
      <a class="nhsuk-skip-link" href="#maincontent" onClick={skip}>
        Skip to main content
      </a>
      <Top signedIn={account !== null} />
      <Update />
      <main class="kith-main" id="maincontent" ref={main} tabIndex={-1}>
        {status === undefined ? null : inside ? <Boundary path={place.path}><Screen place={place} account={account} /></Boundary> : <SignIn />}
      </main>
      <Toast said={said} done={done} />
      {inside && <Tabs account={account} place={place} />}
    </div>
  );
}

function Top({ signedIn }: { readonly signedIn: boolean }) {
  const status = useStatus();
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

function Update() {
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

function Toast({ said, done }: { readonly said: Said | null; readonly done: () => void }) {
  const { kith, say } = useReach();
  const unsent = new Set(useOutbox().flatMap((entry) => (entry.lseq === null ? [entry.mid] : [])));
  const canUndo = said?.mids.some((mid) => unsent.has(mid)) ?? false;
  const undo = async (): Promise<void> => {
    let undone = 0;
    for (const mid of said?.mids ?? []) undone += (await kith.client.undo(mid)).length;
    done();
    say(undone > 0 ? "Taken back" : "It was sent already, so it cannot be taken back here");
  };
  return (
    <div role="status" aria-live="polite">
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

function Tabs({ account, place }: { readonly account: Account; readonly place: Place }) {
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

/** The routing table. */
function Screen({ place, account }: { readonly place: Place; readonly account: Account }) {
  const [first = "", second, third, fourth] = place.parts;
  const from = place.query.get("from");
  switch (first) {
    case "":
      return <Home />;
    case "people":
      if (second === undefined) return <People />;
      if (third === "edit") return <PersonEdit key={second} id={second} />;
      if (third === "note") return <AddNote key={second} personId={second} back={at("people", second)} />;
      return <Person key={second} id={second} />;
    case "referrals":
      if (second === "new") return <NewReferral personId={third ?? null} />;
      if (second === "draft" && third !== undefined) return <Wizard key={third} id={third} step={fourth ?? "who"} />;
      if (second === undefined) return <People />;
      if (third === "shortlist") return <Shortlist key={second} id={second} />;
      if (third === "status") return <ReferralStatus key={second} id={second} />;
      if (third === "nothing") return <NothingSuitable key={second} id={second} />;
      if (third === "note") return <ReferralNote key={second} id={second} />;
      return <Referral key={second} id={second} />;
    case "items":
      return <ItemPage key={third} kind={second ?? ""} id={third ?? ""} from={from} />;
    case "placements":
      return <Placement key={second} id={second ?? ""} />;
    case "tasks":
      if (second === undefined) return <Tasks />;
      return third === "done" ? <TaskDone key={second} id={second} /> : <Task key={second} id={second} />;
    case "me":
      return account.volunteer_id === null ? <Lost /> : <Me />;
    case "sync":
      return <Sync />;
    case "conflicts":
      return second === undefined ? <Conflicts /> : <Conflict key={second} id={second} />;
    case "phones":
      return <Phones />;
    case "sign-out":
      return <SignOut />;
    default:
      return <Lost />;
  }
}

function ReferralNote({ id }: { readonly id: string }) {
  const referral = useOne("referral", id);
  return referral ? <AddNote personId={referral.doc.person_id} back={at("referrals", id)} /> : null;
}

function Lost() {
  return (
    <Page title="This page does not exist" back={at()} backText="Home">
      <p>The address may be old or mistyped.</p>
    </Page>
  );
}

