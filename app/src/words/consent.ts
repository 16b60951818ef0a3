/** What was agreed to, as the person says it and as a worker notes it. */

import type { Agreed } from "../logic/consent.ts";
import en from "./en/index.ts";
import { t } from "./t.ts";

export type ConsentAnswers = Agreed;

/** The texts of all that was agreed to, by their names in the catalogue. */
function agreedTexts({ keep_record, share, improve }: ConsentAnswers): (keyof typeof en.referral.signature)[] {
  return [
    ...(keep_record ? (["keepRecord"] as const) : []),
    ...(share === "codes_only" ? (["shareNeeds"] as const) : []),
    ...(share === "name_and_needs" ? (["shareName"] as const) : []),
    ...(improve ? (["improve"] as const) : []),
  ];
}

/** A line for each thing that was agreed to: "keep a record about me". */
export function agreedWords(answers: ConsentAnswers): string[] {
  return agreedTexts(answers).map((text) => t(`referral.signature.${text}`));
}

/** All that stands above a signature. Always in English: whoever goes over to another language has agreed to the same. */
export function signedWords(name: string, answers: ConsentAnswers): string {
  return [name, ...(["with", "agree", ...agreedTexts(answers)] as const).map((text) => en.referral.signature[text])].join("\n");
}

/** The same in few words, for whoever reads the record: "record kept". */
export function agreedBriefly({ keep_record, share, improve }: ConsentAnswers): string[] {
  return [
    ...(keep_record ? [t("caseload.consent.agreed.record")] : []),
    ...(share === "nothing" ? [] : [t(`caseload.consent.agreed.${share}`)]),
    ...(improve ? [t("caseload.consent.agreed.improve")] : []),
  ];
}
