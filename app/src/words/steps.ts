/** The question of each page of a new referral. */

import type { Step } from "../logic/wizard.ts";
import { t } from "./t.ts";

export function titleOf(step: Step): string {
  return t(`referral.steps.${step}`);
}
