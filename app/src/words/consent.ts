/** What was agreed to, as the person says it. */

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
