/** Why something did not work, in words that say what to do next. */

import type { Problem } from "@contract/sync/index.ts";

const OFFLINE = "There is no signal, or the server cannot be reached. Try again when you have a signal";

/** Words for whatever a call threw. */
export function whyNot(error: unknown): string {
  const problem = problemOf(error);
  if (problem) return problemWords(problem);
  if (isOffline(error)) return OFFLINE;
  return "Something went wrong. Try again in a moment";
}

export function problemWords(problem: Problem): string {
  if (problem.type === "/problems/offline") return OFFLINE;
  if (problem.type === "/problems/sign-in-failed") return "That username and password do not go together. Check both";
  if (problem.type === "/problems/too-many-attempts") return "Too many tries. Wait a few minutes, then try again";
  return problem.title;
}

/** What a volunteer would need for a task that was refused, a sentence each. */
export function missingWords({ type, errors }: Problem): readonly string[] {
  if (type !== "/problems/not-qualified" || !errors) return [];
  return Object.values(errors).flatMap((told) => (Array.isArray(told) ? told.filter((one) => typeof one === "string") : []));
}

function problemOf(error: unknown): Problem | null {
  if (typeof error !== "object" || error === null || !("problem" in error)) return null;
  return error.problem as Problem;
}

function isOffline(error: unknown): boolean {
  return error instanceof Error && (error.name === "OfflineError" || error instanceof TypeError || error.name === "TimeoutError");
}
