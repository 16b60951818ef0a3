/** Which screen an address opens. */

import type { Account } from "@contract/sync/index.ts";
import { at, type Place } from "./router.ts";
import { Home } from "./screens/home.tsx";
import { AddNote } from "./screens/note.tsx";
import { People } from "./screens/people.tsx";
import { Person } from "./screens/person.tsx";
import { NothingSuitable, Referral, ReferralStatus } from "./screens/referral.tsx";
import { Sync } from "./screens/sync.tsx";
import { Task, TaskDone } from "./screens/task.tsx";
import { Tasks } from "./screens/tasks.tsx";
import { useOne } from "./ui/context.ts";
import { lazy } from "./ui/lazy.tsx";
import { Page } from "./ui/page.tsx";

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

/** The routing table. */
export function Screen({ place, account }: { readonly place: Place; readonly account: Account }) {
  const [first = "", second, third, fourth] = place.parts;
  const from = place.query.get("from");
  switch (first) {
    case "":
      return <Home />;
    case "people":
      if (second === undefined) return <People />;
      if (third === "edit") return <PersonEdit key={second} id={second} from={from} />;
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
