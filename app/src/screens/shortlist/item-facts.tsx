/** The facts of one thing of the directory, as its page tells them and as two are compared. */

import type { AssetDoc, OfferDoc } from "@generated/contract.ts";
import type { Ranked } from "../../data/items.ts";
import { siteOf } from "../../logic/contact.ts";
import type { Fact } from "../../ui/parts.tsx";
import { slotsWords } from "../../words/candidate.ts";
import { dateWords, spanWords } from "../../words/dates.ts";
import { label, labelList } from "../../words/labels.ts";
import { creditWords, takesWords } from "../../words/minutes.ts";
import { capital, moneyWords } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export interface PlainFact {
  readonly key: "where" | "cost" | "access" | "languages" | "ages" | "for" | "referral";
  readonly name: string;
  readonly value: string;
}

type Placed = Exclude<Ranked, { kind: "task" }>["doc"];

export function placeFacts(doc: Placed): PlainFact[] {
  const address = (doc as { readonly address?: string | null }).address;
  const where = doc.online ? t("shortlist.item.online") : doc.at_home ? t("shortlist.item.atHome") : [address, doc.postcode].filter(Boolean).join(", ");
  const told: readonly (readonly [PlainFact["key"], string])[] = [
    ["where", where],
    ["cost", costWords(doc.cost_pence)],
    ["access", labelList("access", doc.access)],
    ["languages", labelList("language", doc.languages)],
    ["ages", agesWords(doc.min_age, doc.max_age)],
    ["for", doc.audience === "anyone" ? "" : label("audience", doc.audience)],
    ["referral", doc.referral_only ? t("shortlist.item.referralOnly") : ""],
  ];
  return told.filter(([, value]) => value !== "").map(([key, value]) => ({ key, name: t(`shortlist.fact.${key}`), value }));
}

function costWords(pence: number | null): string {
  if (pence === null) return t("shortlist.item.ask");
  return pence === 0 ? t("shortlist.item.free") : t("shortlist.item.session", { money: moneyWords(pence) });
}

function agesWords(from: number | null, to: number | null): string {
  if (from === null && to === null) return "";
  if (to === null) return t("shortlist.item.agesFrom", { from });
  return from ? t("shortlist.item.ages", { from, to }) : t("shortlist.item.agesTo", { to });
}

export function contactFacts(doc: Partial<Pick<AssetDoc, "phone" | "email" | "url">>): Fact[] {
  return [
    ...(doc.phone ? [{ name: t("shortlist.fact.phone"), value: <a href={`tel:${doc.phone.replaceAll(" ", "")}`}>{doc.phone}</a> }] : []),
    ...(doc.email ? [{ name: t("shortlist.fact.email"), value: <a href={`mailto:${doc.email}`}>{doc.email}</a> }] : []),
    ...(doc.url && siteOf(doc.url) ? [{ name: t("shortlist.fact.web"), value: <Outside url={doc.url} /> }] : []),
  ];
}

function Outside({ url }: { readonly url: string }) {
  return (
    <a href={url} rel="noopener noreferrer" target="_blank">
      {siteOf(url)}
      <span class="nhsuk-u-visually-hidden"> {t("shortlist.item.newWindow")}</span>
    </a>
  );
}

export function offerFacts(doc: OfferDoc): Fact[] {
  return [
    { name: t("shortlist.fact.when"), value: doc.availability.length > 0 ? capital(slotsWords(doc.availability)) : t("shortlist.item.agreed") },
    { name: t("shortlist.fact.inTime"), value: creditWords(doc.minutes) },
  ];
}

export function taskFacts(doc: Extract<Ranked, { kind: "task" }>["doc"]): Fact[] {
  return [
    { name: t("shortlist.fact.when"), value: capital(spanWords(doc.window_from_at, doc.window_until_at, new Date())) },
    { name: t("shortlist.fact.howLong"), value: takesWords(doc.minutes) },
  ];
}

/** Who looked after this record last, and whether that is long ago. */
export function checkedWords(doc: Pick<AssetDoc, "assured_on" | "next_check_on">, today: string): string {
  if (!doc.assured_on) return t("shortlist.item.notChecked");
  const date = dateWords(doc.assured_on);
  return doc.next_check_on !== null && doc.next_check_on < today ? t("shortlist.item.checkDue", { date }) : t("shortlist.item.checkedOn", { date });
}
