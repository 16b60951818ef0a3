/** How a training stands, as a sentence with its last day. */

import type { Item } from "../../data/live.ts";
import type { TrainingLine } from "../../logic/trainings.ts";
import { dateWords, dayNumber } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

export function stateWords({ state, until, waits }: Pick<TrainingLine, "state" | "until" | "waits">, today: string): string {
  const day = until === null ? "" : dateWords(until);
  if (state === "held") return until === null ? t("training.state.forever") : t("training.state.held", { day });
  if (state === "soon") return t(waits ? "training.state.again" : "training.state.soon", { day, ahead: aheadWords(until ?? today, today) });
  return t(`training.state.${state}`, { day });
}

/** For how long a training is good: "24 months", "Always". */
export function validWords({ doc }: Pick<Item<"training">, "doc">): string {
  return doc.valid_months === null ? t("training.always") : t("training.months", { count: doc.valid_months });
}

/** From so many days on, a week more or less is no news. */
const DAYS_TOLD = 28;

/** "in 5 weeks", "in 20 days", "today". */
export function aheadWords(day: string, today: string): string {
  const days = dayNumber(day) - dayNumber(today);
  if (days === 0) return t("training.ahead.today");
  if (days < 0) return t("training.ahead.over", { count: -days });
  return days < DAYS_TOLD ? t("training.ahead.days", { count: days }) : t("training.ahead.weeks", { count: Math.round(days / 7) });
}
