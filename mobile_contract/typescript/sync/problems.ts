/** What can go wrong, as errors that carry what to do next. */

import type { TransportAnswer } from "./ports.ts";
import type { Problem, Remedy } from "./wire.ts";

/** The server, or this client in its place, said no. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** Seconds that the server asked to wait, null when it did not. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.title);
    this.name = "ProblemError";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** No answer arrived. */
export class OfflineError extends Error {
  override name = "OfflineError";
  /** It took too long, so that less at once may do. */
  timedOut = false;
}

/** What any failure of the network is to the client. */
export function offline(error: unknown): OfflineError {
  const found = new OfflineError(error instanceof Error ? error.message : String(error));
  found.timedOut = error instanceof Error && error.name === "TimeoutError";
  return found;
}

/** Problems that this client names itself, in the server's form. */
export const OFFLINE = local("offline", "wait", "There is no signal, or the server does not answer.");
export const NOT_SIGNED_IN = local("not-signed-in", "sign-in", "Please sign in.");
export const OTHER_ACCOUNT = local("other-account", "fix", "Another person's unsent work is still on this phone.");
export const UNSENT_WORK = local("unsent-work", "fix", "There is work on this phone that has not been sent.");
export const PARENT_MISSING = local("parent-missing", "drop", "What this record refers to never arrived.");
const UNEXPECTED = local("unexpected-answer", "wait", "The server did not answer as expected.");
const PHONE = local("phone-failed", "wait", "This phone could not save or read its records.");

/** The last part of a problem's type. */
export function slugOf(problem: Problem): string {
  return problem.type.slice(problem.type.lastIndexOf("/") + 1);
}

/** The error that an answer of 400 or more stands for. */
export function errorOf(answer: TransportAnswer): ProblemError {
  const body = answer.body as Problem | null;
  const named = typeof body?.type === "string" && typeof body.remedy === "string";
  const problem = named ? body : { ...UNEXPECTED, status: answer.status, remedy: remedyOf(answer.status) };
  const seconds = Number.parseInt(answer.headers["retry-after"] ?? "", 10);
  return new ProblemError(problem, Number.isNaN(seconds) ? null : seconds);
}

/** The problem that any error stands for. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof OfflineError) return OFFLINE;
  return { ...PHONE, detail: error instanceof Error ? error.message : String(error) };
}

function remedyOf(status: number): Remedy {
  if (status === 401) return "sign-in";
  return status === 426 ? "upgrade" : "wait";
}

function local(slug: string, remedy: Remedy, title: string): Problem {
  return { type: `/problems/${slug}`, title, status: 0, remedy };
}
