/** Why something did not work, in words that say what to do next. */

import { type Problem, slugOf } from "@contract/sync/index.ts";
import en from "./en/problems.json";
import { isNoRoom } from "../logic/room.ts";
import { type Key, language, t } from "./t.ts";

type Slug = keyof typeof en;

/** Words for whatever a call threw, without a full stop at the end. */
export function whyNot(error: unknown): string {
  const problem = problemOf(error);
  const slug = problem ? slugIn(problem) : slugOfError(error);
  const words = `${t(`problems.${slug}.title`)} ${problem ? problemDetail(problem) : t(`problems.${slug}.detail`)}`;
  return words.trim().replace(/\.$/, "");
}

/** What happened, as a sentence. */
export function problemWords(problem: Problem): string {
  // A server newer than this app names problems that it has no words for; the server's own are better than none.
  return slugIn(problem) === "unknown" ? problem.title : t(`problems.${slugIn(problem)}.title`);
}

/** What it means for whom it meets. In English the server may say more of the one case than the catalogue of all. */
export function problemDetail(problem: Problem): string {
  const slug = slugIn(problem);
  if (problem.detail && (slug === "unknown" || (language() === "en" && !OWN.includes(slug)))) return problem.detail;
  return t(`problems.${slug}.detail` as Key);
}

/** What this app names itself: the details of such a problem are for its makers. */
const OWN: readonly Slug[] = ["offline", "nobody-there", "other-account", "unsent-work", "unexpected-answer", "phone-failed", "phone-full"];

/** What a volunteer would need for a task that was refused, a sentence each. The server says it in English alone; the page of
 * the task says what is lacking in every language. */
export function missingWords({ type, errors }: Problem): readonly string[] {
  if (language() !== "en" || type !== "/problems/not-qualified" || !errors) return [];
  return Object.values(errors).flatMap((told) => (Array.isArray(told) ? told.filter((one) => typeof one === "string") : []));
}

function slugIn(problem: Problem): Slug {
  const slug = slugOf(problem);
  if (slug === "phone-failed" && isNoRoom(problem.detail)) return "phone-full";
  return Object.hasOwn(en, slug) ? (slug as Slug) : "unknown";
}

function slugOfError(error: unknown): Slug {
  if (isNoRoom(error)) return "phone-full";
  return isOffline(error) ? "offline" : "unknown";
}

function problemOf(error: unknown): Problem | null {
  if (typeof error !== "object" || error === null || !("problem" in error)) return null;
  return error.problem as Problem;
}

function isOffline(error: unknown): boolean {
  return error instanceof Error && (error.name === "OfflineError" || error instanceof TypeError || error.name === "TimeoutError");
}
