/** The areas of the app: which addresses each opens, for whom it is, and how the tabs and "More" name it. */

import type { Account } from "@contract/sync/index.ts";
import type { ComponentType } from "preact";
import type { Place } from "../router.ts";
import { lazy } from "../ui/lazy.tsx";
import type { Key } from "../words/t.ts";

export interface AreaProps {
  readonly place: Place;
  readonly account: Account;
}

export interface Area {
  readonly name: string;
  /** The first parts of the addresses that it opens; the first of them is where its tab leads. */
  readonly opens: readonly string[];
  readonly isFor: (account: Account) => boolean;
  readonly title: Key;
  readonly about?: Key;
  /** The drawing of its tab. An account's first two areas with one get a tab between Home and Sync. */
  readonly icon?: string;
  /** Reached from other screens alone, so not named in "More". */
  readonly isHidden?: boolean;
  readonly Screen: ComponentType<AreaProps>;
}

const hasRole = (...roles: readonly string[]) => (account: Account): boolean => account.roles.some((role) => roles.includes(role));
const isVolunteer = (account: Account): boolean => account.volunteer_id !== null;
const isWorker = hasRole("prescriber", "outreach");
const staff = (name: keyof typeof import("./staff.ts")): ComponentType<AreaProps> => lazy<AreaProps>(async () => ({ default: (await import("./staff.ts"))[name] }));
const anyone = (): boolean => true;
/** Commissioners and data scientists hold no records on a phone. */
const hasRecords = ({ roles }: Account): boolean => roles.some((role) => role !== "commissioner" && role !== "data_scientist");

/** In the order of importance: what comes first gets the tab. */
export const AREAS: readonly Area[] = [
  { name: "caseload", opens: ["people"], isFor: isWorker, title: "caseload.tab", icon: "people", Screen: lazy(() => import("./caseload/index.tsx")) },
  { name: "fieldwork", opens: ["doorstep", "sessions"], isFor: hasRole("outreach"), title: "fieldwork.tab", about: "fieldwork.about", icon: "doorstep", Screen: lazy(() => import("./fieldwork/index.tsx")) },
  { name: "centre", opens: ["centre"], isFor: hasRole("centre"), title: "centre.tab", icon: "tasks", Screen: staff("centre") },
  { name: "rings", opens: ["rings"], isFor: hasRole("centre"), title: "centre.rings.title", about: "centre.rings.about", Screen: staff("rings") },
  { name: "upkeep", opens: ["upkeep"], isFor: hasRole("centre"), title: "upkeep.tab", about: "upkeep.about", icon: "directory", Screen: staff("upkeep") },
  { name: "newcomers", opens: ["newcomers"], isFor: hasRole("centre"), title: "newcomers.title", about: "newcomers.about", Screen: staff("newcomers") },
  { name: "volunteers", opens: ["volunteers"], isFor: hasRole("centre"), title: "volunteers.title", about: "volunteers.about", Screen: staff("volunteers") },
  { name: "requests", opens: ["requests"], isFor: hasRole("centre"), title: "requests.title", about: "requests.about", Screen: staff("requests") },
  { name: "stock", opens: ["stock"], isFor: hasRole("hub"), title: "hub.stock.title", about: "hub.stock.about", icon: "box", Screen: staff("hub") },
  { name: "calls", opens: ["calls"], isFor: hasRole("hub"), title: "calls.title", about: "calls.about", icon: "call", Screen: staff("calls") },
  { name: "passed-calls", opens: ["calls"], isFor: isWorker, title: "calls.title", isHidden: true, Screen: staff("calls") },
  { name: "leave", opens: ["leave"], isFor: hasRole("employer"), title: "leave.title", about: "leave.about", Screen: staff("leave") },
  { name: "referral", opens: ["referrals", "placements"], isFor: isWorker, title: "caseload.tab", isHidden: true, Screen: lazy(() => import("./referral/index.tsx")) },
  {
    name: "tasks", opens: ["tasks"], isFor: isVolunteer, title: "tasks.tab", icon: "tasks",
    Screen: lazy(() => import("./tasks/index.tsx")),
  },
  {
    name: "timebank", opens: ["timebank"], isFor: (account) => isVolunteer(account) || hasRole("broker", "administrator")(account), title: "timebank.tab", about: "timebank.about", icon: "bank",
    Screen: lazy(() => import("./timebank/index.tsx")),
  },
  { name: "training", opens: ["training"], isFor: isVolunteer, title: "training.title", about: "training.about", Screen: lazy(() => import("./training/index.tsx")) },
  {
    name: "trainings", opens: ["training"], isFor: (account) => hasRole("centre")(account) && !isVolunteer(account), title: "training.title", about: "training.aboutCentre",
    Screen: lazy(() => import("./training/index.tsx")),
  },
  { name: "me", opens: ["me"], isFor: isVolunteer, title: "me.tab", icon: "me", Screen: lazy(() => import("./me/index.tsx")) },
  { name: "roles", opens: ["roles"], isFor: isVolunteer, title: "roles.title", about: "roles.about", Screen: lazy(() => import("./roles/index.tsx")) },
  { name: "impact", opens: ["impact"], isFor: isVolunteer, title: "me.impact.title", about: "me.impact.about", Screen: lazy(() => import("./impact/index.tsx")) },
  { name: "directory", opens: ["directory", "items"], isFor: hasRecords, title: "shortlist.directory.tab", about: "shortlist.directory.about", icon: "directory", Screen: lazy(() => import("./shortlist/index.tsx")) },
  {
    name: "events", opens: ["events"], isFor: hasRole("prescriber", "outreach", "centre", "asset_owner", "employer", "hub", "administrator"), title: "events.tab", about: "events.about", icon: "calendar",
    Screen: lazy(() => import("./events/index.tsx")),
  },
  {
    name: "sync", opens: ["sync", "conflicts", "phones", "sign-out"], isFor: anyone, title: "sync.tab", isHidden: true,
    Screen: lazy(() => import("./sync/index.tsx")),
  },
  { name: "safety", opens: ["safety"], isFor: anyone, title: "safety.area", about: "safety.about", Screen: lazy(() => import("./safety/settings.tsx")) },
  { name: "account", opens: ["more", "settings"], isFor: anyone, title: "account.more", isHidden: true, Screen: lazy(() => import("./account/index.tsx")) },
];

/** The areas that an account sees named, the most important first. */
export function areasFor(account: Account): readonly Area[] {
  return AREAS.filter((area) => !area.isHidden && area.isFor(account));
}

/** The area that an address opens for this account; undefined when there is none. */
export function areaAt(place: Place, account: Account): Area | undefined {
  return AREAS.find((area) => area.opens.includes(place.parts[0] ?? "") && area.isFor(account));
}
