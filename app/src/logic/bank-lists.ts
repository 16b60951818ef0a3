/** What members of a time bank offer and ask for: whose is whose, what is near and fits, and why. */

import type { Item } from "../data/live.ts";
import { metresBetween } from "../words/distance.ts";

type Offer = Pick<Item<"offer">, "id" | "doc">;
type Request = Pick<Item<"time_request">, "id" | "doc">;

/** Why something may suit; `slots` and `languages` say which. */
export type Reason =
  | { readonly why: "asked" | "offered" | "district" }
  | { readonly why: "slots"; readonly slots: readonly string[] }
  | { readonly why: "languages"; readonly languages: readonly string[] }
  | { readonly why: "near"; readonly metres: number };

export interface Me {
  readonly district?: string | null;
  readonly easting?: number | null;
  readonly northing?: number | null;
  readonly availability?: readonly string[];
  readonly languages?: readonly string[];
}

export interface Fit<T> {
  readonly item: T;
  readonly reasons: readonly Reason[];
}

const NEAR_M = 5000;
const WORTH: { readonly [why in Reason["why"]]: number } = { asked: 8, offered: 8, near: 4, district: 3, slots: 2, languages: 1 };

/** Others' offers, those first for which most speaks. wanted : categories that this member asks for. */
export function offersFor(me: Me, offers: readonly Offer[], wanted: ReadonlySet<string>): Fit<Offer>[] {
  return inOrder(offers.filter(({ doc }) => doc.status === "active").map((item) => {
    const { doc } = item;
    const asked: Reason[] = wanted.has(doc.category) ? [{ why: "asked" }] : [];
    const tongues = doc.languages.filter((code) => code !== "en" && me.languages?.includes(code));
    const spoken: Reason[] = tongues.length > 0 ? [{ why: "languages", languages: tongues }] : [];
    return { item, reasons: [...asked, ...whereabouts(me, doc), ...times(me, doc.availability), ...spoken] };
  }));
}

export interface OwnOffer {
  readonly id: string;
  readonly name: string;
  readonly minutes: number;
  readonly rests: boolean;
}

/** A member's own offers, what is on the list first. Of several with one name, such as before and after a rest, only the first is told. */
export function ownOffers(details: readonly Pick<Item<"offer_detail">, "id" | "commands">[], offers: readonly Offer[]): OwnOffer[] {
  const lines = details.flatMap(({ id, commands }): OwnOffer[] => {
    const doc = offers.find((one) => one.id === id)?.doc;
    return doc ? [{ id, name: doc.name, minutes: doc.minutes, rests: doc.status !== "active" || commands.length > 0 }] : [];
  });
  lines.sort((a, b) => Number(a.rests) - Number(b.rests) || (a.id < b.id ? 1 : -1));
  return lines.filter(({ name, rests }, at) => !rests || lines.findIndex((one) => one.name === name) === at);
}

/** Others' requests, those first that this member could answer. can : categories that they offer. */
export function requestsFor(me: Me, requests: readonly Request[], can: ReadonlySet<string>): Fit<Request>[] {
  return inOrder(requests.filter(({ doc }) => doc.status === "open").map((item) => {
    const offered: Reason[] = can.has(item.doc.category) ? [{ why: "offered" }] : [];
    return { item, reasons: [...offered, ...whereabouts(me, item.doc), ...times(me, item.doc.availability)] };
  }));
}

/** Offers that would answer a request, the closest fit first: what a broker may suggest. */
export function matchesFor(request: Request, offers: readonly Offer[]): Fit<Offer>[] {
  const { category, availability, district } = request.doc;
  const fits = offers.filter(({ doc }) => doc.status === "active" && (doc.category === category || doc.other_categories.includes(category as never)));
  return inOrder(fits.map((item) => ({ item, reasons: [...whereabouts({ district }, item.doc), ...times({ availability }, item.doc.availability)] })));
}

function whereabouts(me: Me, doc: { readonly district: string | null; readonly easting?: number | null; readonly northing?: number | null }): Reason[] {
  const metres = metresBetween(me, doc);
  if (metres !== null && metres <= NEAR_M) return [{ why: "near", metres }];
  return me.district != null && me.district === doc.district ? [{ why: "district" }] : [];
}

function times(me: Pick<Me, "availability">, slots: readonly string[]): Reason[] {
  const both = slots.filter((slot) => me.availability?.includes(slot));
  return both.length > 0 ? [{ why: "slots", slots: both }] : [];
}

function inOrder<T extends { readonly id: string }>(fits: Fit<T>[]): Fit<T>[] {
  const worth = new Map(fits.map((fit) => [fit.item.id, fit.reasons.reduce((all, { why }) => all + WORTH[why], 0)]));
  return fits.sort((a, b) => (worth.get(b.item.id) ?? 0) - (worth.get(a.item.id) ?? 0) || (a.item.id < b.item.id ? -1 : 1));
}
