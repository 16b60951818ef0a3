/** The facts of a thing on a card, as one who has never been there needs them. */

import type { CardItem } from "../../data/card.ts";
import type { Ranked } from "../../data/items.ts";
import { nextSession, scheduleWords, sessionWords, timesToTell } from "../../logic/session.ts";
import { today, useList } from "../../ui/context.ts";
import { costOf, costWords } from "../../words/candidate.ts";
import { clockOf, fixedDayWords, spanWords } from "../../words/dates.ts";
import { distanceWords } from "../../words/distance.ts";
import { label, labelList } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export interface CardFact {
  readonly name: string;
  readonly value: string;
}

export function useCardFacts(tellsDistance: boolean): (one: CardItem) => CardFact[] {
  const schedules = useList("schedule");
  const organisations = useList("organisation");
  return ({ item, metres }) => {
    const times = schedules.filter(({ doc }) => doc.item_id === item.id).map(({ doc }) => doc);
    const next = nextSession(times, today(), clockOf(new Date()));
    const runner = "organisation_id" in item.doc ? organisations.find(({ id }) => id === (item.doc as { organisation_id: string | null }).organisation_id)?.doc.name : undefined;
    const own = item.doc as { readonly phone?: string | null; readonly email?: string | null; readonly access?: readonly string[] };
    const cost = costOf(item);
    const facts: [name: string, value: string | false | null | undefined][] = [
      [t("referral.card.facts.what"), [label(item.kind === "task" ? "task_type" : "category", item.kind === "task" ? item.doc.type : item.doc.category), cost === null ? "" : costWords(cost)].filter(Boolean).join(". ")],
      [t("referral.card.facts.when"), [...timesToTell(times, today()).map((one) => scheduleWords(one, today(), fixedDayWords)), next && t("referral.card.next", { when: sessionWords(next, today(), fixedDayWords) }), item.kind === "task" && capital(spanWords(item.doc.window_from_at, item.doc.window_until_at, new Date(), fixedDayWords))].filter(Boolean).join(". ")],
      [t("referral.card.facts.where"), whereOf(item)],
      [t("referral.card.facts.whom"), [runner, own.phone, own.email].filter(Boolean).join(", ") || t("referral.card.askUs")],
      [t("referral.card.facts.how"), [tellsDistance && metres !== null && t("referral.card.far", { far: distanceWords(metres) }), own.access && own.access.length > 0 && labelList("access", own.access)].filter(Boolean).join(". ")],
    ];
    return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []));
  };
}

function whereOf({ doc }: Ranked): string {
  if ("online" in doc && doc.online) return t("referral.card.online");
  if ("at_home" in doc && doc.at_home) return t("referral.card.atHome");
  return [(doc as { address?: string | null }).address, "postcode" in doc && doc.postcode].filter(Boolean).join(", ");
}
