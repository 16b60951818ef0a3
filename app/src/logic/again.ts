/** Whether a refused change may be taken when it is sent once more: only then is that offered. */

import { type Problem, slugOf } from "@contract/sync/index.ts";

/**
 * Refusals whose cause can pass: the person brings what is missing, somebody comes back from a break, a newer app speaks
 * as the server does. All others would be refused again, such as what is full, decided, closed or not theirs to do.
 */
const CAN_PASS: readonly string[] = [
  "account-not-empty", "above-ceiling", "below-floor", "device-full", "not-qualified", "place-not-offered", "step-out-of-order", "task-not-done",
  "volunteer-paused", "lseq-gap", "lseq-reused", "mid-reused", "unknown-command", "unknown-field", "unknown-kind",
  "upload-content-type", "upload-invalid", "upload-length-deferred",
];

export function mayHelp(problem: Problem): boolean {
  return problem.remedy === "wait" || CAN_PASS.includes(slugOf(problem));
}
