/** What the pages of an offer and of a request share: neither says whose it is, and one's own has a note that nobody else reads. */

import type { ComponentChildren } from "preact";
import type { OfferDoc, TimeRequestDoc } from "@generated/contract.ts";
import { at } from "../../router.ts";
import { Page } from "../../ui/page.tsx";
import { type Fact, Facts } from "../../ui/parts.tsx";
import { RefusedNotice } from "../../ui/standing.tsx";
import { slotsWords } from "../../words/candidate.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

interface ListedProps {
  readonly list: "offers" | "requests";
  readonly id: string;
  readonly doc: OfferDoc | TimeRequestDoc;
  readonly isOwn: boolean;
  readonly facts: readonly Fact[];
  /** What may be done with it. */
  readonly children: ComponentChildren;
}

export function Listed({ list, id, doc, isOwn, facts, children }: ListedProps) {
  const back = isOwn ? { back: at("timebank", "mine"), backText: t("timebank.mine.title") } : { back: at("timebank", "look", list), backText: t(`timebank.look.${list}`) };
  return (
    <Page title={doc.name} caption={label("category", doc.category)} {...back}>
      <RefusedNotice kind={list === "offers" ? "offer_detail" : "request_detail"} id={id} />
      {"description" in doc && doc.description && <p class="kith-written">{doc.description}</p>}
      <Facts facts={facts} />
      {children}
    </Page>
  );
}

/** more : what only an offer tells. note : of one's own. */
export function listedFacts({ minutes, availability }: Pick<OfferDoc, "minutes" | "availability">, note: string | null, more: readonly Fact[] = []): Fact[] {
  return [
    { name: t("timebank.exchange.howLong"), value: minutesWords(minutes) },
    { name: t("timebank.fields.when"), value: availability.length > 0 ? capital(slotsWords(availability)) : t("timebank.fields.agree") },
    ...more,
    ...(note ? [{ name: t("timebank.fields.private"), value: <span class="kith-written">{note}</span> }] : []),
  ];
}
