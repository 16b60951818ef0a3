/** What one sync did. */

import { OfflineError, problemOf } from "../../typescript/sync/problems.ts";
import type { Budget, FieldConflict, Problem } from "../../typescript/sync/wire.ts";
import type { Answered } from "./outbox.ts";
import type { Refused } from "./refused.ts";

export class Report {
  outcome: "done" | "offline" | "failed" | "sign-in" | "upgrade" | "wiped" = "done";
  pushed = 0;
  pulled = 0;
  /** Two values could not both stand; the one that did not is kept as a `conflict` record. */
  conflicts: { kind: string; id: string; fields: FieldConflict[] }[] = [];
  refused: Refused[] = [];
  /** Kept by the server until the record that they refer to arrives. */
  deferred: { kind: string; id: string }[] = [];
  evicted: string[] = [];
  /** Scopes that stay away because this device holds as much as it can. */
  away: string[] = [];
  /** Records on this device, when they are more than is good for it. */
  crowded: number | null = null;
  problem: Problem | null = null;

  take(answered: Answered[], refused: Refused[]): void {
    this.pushed += answered.length - refused.length;
    this.refused.push(...refused);
    for (const { entry, result } of answered) {
      const about = { kind: entry.kind, id: entry.id };
      if (result.conflicts.length && result.outcome !== "rejected") this.conflicts.push({ ...about, fields: result.conflicts });
      if (result.outcome === "deferred") this.deferred.push(about);
    }
  }

  hold(budget: Budget | null | undefined): void {
    this.away = budget?.refused ?? [];
    this.crowded = budget?.warn ? budget.records : null;
  }

  fail(error: unknown): void {
    this.problem = problemOf(error);
    const { remedy } = this.problem;
    if (error instanceof OfflineError) this.outcome = "offline";
    else this.outcome = remedy === "sign-in" || remedy === "upgrade" ? remedy : remedy === "wipe" ? "wiped" : "failed";
  }
}
