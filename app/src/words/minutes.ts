/** A length of time as people say it: "1 hour 30 minutes". An hour is one credit of a time bank. */

import { t } from "./t.ts";

export function minutesWords(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [hours > 0 ? t("timebank.hours", { count: hours }) : "", rest > 0 || hours === 0 ? t("timebank.minutes", { count: rest }) : ""];
  return parts.filter(Boolean).join(" ");
}

/** About how long a task takes: "About 20 minutes", "About 2 hours". */
export function takesWords(minutes: number): string {
  const inHours = minutes > 0 && minutes % 60 === 0;
  return t(inHours ? "tasks.takesHours" : "tasks.takes", { count: inHours ? minutes / 60 : minutes });
}

/** What a time bank asks for: "1 time credit (1 hour)". */
export function creditWords(minutes: number): string {
  const credits = Math.round(minutes / 6) / 10;
  return t("plain.credits", { count: credits, credits, time: minutesWords(minutes) });
}

/** "You have 1 hour", "You owe 30 minutes", "You have no minutes yet". */
export function balanceWords(minutes: number): string {
  if (minutes === 0) return t("timebank.balance.none");
  return t(minutes > 0 ? "timebank.balance.have" : "timebank.balance.owe", { time: minutesWords(minutes) });
}
