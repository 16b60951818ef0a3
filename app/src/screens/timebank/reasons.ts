/** Why something of the bank's lists may suit, as a sentence. */

import type { Reason } from "../../logic/bank-lists.ts";
import { slotsWords } from "../../words/candidate.ts";
import { awayWords } from "../../words/distance.ts";
import { label } from "../../words/labels.ts";
import { capital, listWords } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export function reasonsWords(reasons: readonly Reason[]): string {
  return `${reasons.map((reason) => capital(reasonWords(reason))).join(". ")}.`;
}

function reasonWords(reason: Reason): string {
  if (reason.why === "near") return awayWords(reason.metres);
  if (reason.why === "slots") return t("timebank.reasons.slots", { slots: slotsWords(reason.slots) });
  if (reason.why === "languages") return t("timebank.reasons.languages", { languages: listWords(reason.languages.map((code) => label("language", code as never))) });
  return t(`timebank.reasons.${reason.why}`);
}
