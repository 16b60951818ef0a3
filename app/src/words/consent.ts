/** What was agreed to, as the person says it and as a worker notes it. */

import type { Agreed } from "../logic/consent.ts";
import { t } from "./t.ts";

export type ConsentAnswers = Agreed;

/** A line for each thing that was agreed to: "keep a record about me". */
export function agreedWords({ keep_record, share, improve }: ConsentAnswers): string[] {
  return [
    ...(keep_record ? [t("referral.signature.keepRecord")] : []),
    ...(share === "codes_only" ? [t("referral.signature.shareNeeds")] : []),
    ...(share === "name_and_needs" ? [t("referral.signature.shareName")] : []),
    ...(improve ? [t("referral.signature.improve")] : []),
  ];
}

/** The same in few words, for whoever reads the record: "record kept". */
export function agreedBriefly({ keep_record, share, improve }: ConsentAnswers): string[] {
  return [
    ...(keep_record ? [t("caseload.consent.agreed.record")] : []),
    ...(share === "nothing" ? [] : [t(`caseload.consent.agreed.${share}`)]),
    ...(improve ? [t("caseload.consent.agreed.improve")] : []),
  ];
}
