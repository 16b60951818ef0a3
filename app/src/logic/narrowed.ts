/** What a refusal means in the one case that it is of, where the problem's own words are for all. */

import type { AttentionEntry, Problem } from "@contract/sync/index.ts";

/** An account that was to be opened for a number: nobody has it, and the refused change holds nothing to be put right. */
export function narrowed({ command, problem }: Pick<AttentionEntry, "command" | "problem">): Problem {
  const isNobody = command?.name === "open_account" && problem.errors !== undefined && "owner_id" in problem.errors;
  return isNobody ? { type: "/problems/nobody-there", title: "", status: problem.status, remedy: "drop" } : problem;
}
