/** Codes of a vocabulary as choices of a form, and other choices that several screens give. */

import { type VocabularyName, VOCABULARIES } from "@generated/contract.ts";
import type { Option } from "../ui/fields.tsx";
import { label } from "./labels.ts";
import { capital, moneyWords } from "./plain.ts";
import { t } from "./t.ts";

export function choicesOf(vocabulary: VocabularyName, codes: readonly string[] = Object.keys(VOCABULARIES[vocabulary])): Option[] {
  return codes.map((code) => ({ value: code, label: capital(label(vocabulary, code)) }));
}

const BUDGETS = [200, 500, 1000];

export function budgets(): Option[] {
  return [
    { value: "0", label: t("referral.budget.free") },
    ...BUDGETS.map((pence) => ({ value: String(pence), label: t("referral.budget.upTo", { money: moneyWords(pence) }) })),
    { value: "any", label: t("referral.budget.any") },
  ];
}

const FAR = [2, 5, 10, 20] as const;

/** The distances to choose from, with the present one among them even when it is unusual. */
export function distances(now: number | null): Option[] {
  const odd = now !== null && !(FAR as readonly number[]).includes(now);
  return [
    ...(odd ? [{ value: String(now), label: t("caseload.far.odd", { km: now }) }] : []),
    ...FAR.map((km) => ({ value: String(km), label: t(`caseload.far.${km}`) })),
    { value: "", label: t("caseload.far.any") },
  ];
}

/** What may be shared, as one answer. */
export const SHARES = ["name_and_needs", "codes_only", "nothing"] as const;
export type Share = (typeof SHARES)[number];

const AUDIENCES = ["anyone", "women", "men"] as const;

export function audiences(): Option[] {
  return AUDIENCES.map((value) => ({ value, label: t(`caseload.audience.${value}`) }));
}
