/** A length of time as people say it: "1 hour 30 minutes". An hour is one credit of a time bank. */

import { t } from "./t.ts";

export function minutesWords(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [hours > 0 ? t("timebank.hours", { count: hours }) : "", rest > 0 || hours === 0 ? t("timebank.minutes", { count: rest }) : ""];
  return parts.filter(Boolean).join(" ");
}

/** "You have 1 hour", "You owe 30 minutes", "You have no minutes yet". */
export function balanceWords(minutes: number): string {
  if (minutes === 0) return t("timebank.balance.none");
  return t(minutes > 0 ? "timebank.balance.have" : "timebank.balance.owe", { time: minutesWords(minutes) });
}
