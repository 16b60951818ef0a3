/** That a call cannot wait as long as most can; nothing of the others. */

import type { IntakeDoc } from "@generated/contract.ts";
import { label } from "../../words/labels.ts";

export function Urgency({ of: { urgency } }: { readonly of: Pick<IntakeDoc, "urgency"> }) {
  return urgency === "routine" ? null : <><strong>{label("urgency", urgency)}</strong>{" · "}</>;
}
