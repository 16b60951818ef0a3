/** The facts of a thing on a card, as one who has never been there needs them. */

import type { CardItem } from "../../data/card.ts";
import type { Ranked } from "../../data/items.ts";
import { nextSession, scheduleWords, sessionWords, timesToTell } from "../../logic/session.ts";
import { today, useList } from "../../ui/context.ts";
import { costOf, costWords, offeredWords } from "../../words/candidate.ts";
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
    const { organisation_id = null, access = [] } = item.doc as { readonly organisation_id?: string | null; readonly access?: readonly string[] };
    const runner = organisations.find(({ id }) => id === organisation_id)?.doc;
    const cost = costOf(item);
    const facts: [name: string, value: string | false | null | undefined][] = [
      [t("referral.card.facts.what"), [label(item.kind === "task" ? "task_type" : "category", item.kind === "task" ? item.doc.type : item.doc.category), cost === null ? "" : costWords(cost)].filter(Boolean).join(". ")],
      [t("referral.card.facts.when"), [...timesToTell(times, today()).map((one) => scheduleWords(one, today(), fixedDayWords)), next && t("referral.card.next", { when: sessionWords(next, today(), fixedDayWords) }), ownTimes(item)].filter(Boolean).join(". ")],
      [t("referral.card.facts.where"), whereOf(item)],
      [t("referral.card.facts.whom"), whomToAsk(item.doc as Reached, runner)],
      [t("referral.card.facts.how"), [tellsDistance && metres !== null && t("referral.card.far", { far: distanceWords(metres) }), labelList("access", access)].filter(Boolean).join(". ")],
    ];
    return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []));
  };
}

/** What has no sessions says itself when it is. */
export function ownTimes(item: Ranked): string {
  if (item.kind === "task") return capital(spanWords(item.doc.window_from_at, item.doc.window_until_at, new Date(), fixedDayWords));
  return item.kind === "offer" ? offeredWords(item.doc.availability) : "";
}

type Reached = { readonly phone?: string | null; readonly email?: string | null };

/** Who runs it and how they are reached: at its own number, else at theirs; a name alone would lead nowhere. */
export function whomToAsk(own: Reached, runner: (Reached & { readonly name: string }) | undefined): string {
  const reached = [own.phone || runner?.phone, own.email || runner?.email].filter(Boolean);
  if (reached.length > 0) return [runner?.name, ...reached].filter(Boolean).join(", ");
  return runner ? t("referral.card.askUsAbout", { name: runner.name }) : t("referral.card.askUs");
}

function whereOf({ doc }: Ranked): string {
  if ("online" in doc && doc.online) return t("referral.card.online");
  if ("at_home" in doc && doc.at_home) return t("referral.card.atHome");
  return [(doc as { address?: string | null }).address, "postcode" in doc && doc.postcode].filter(Boolean).join(", ");
}
