/** What one sync did. */

import type { AttentionEntry } from "./ports.ts";
import type { FieldConflict, Problem } from "./wire.ts";

export interface SyncReport {
  /** done: everything sent and received. offline, failed: try later. The rest as in Status.state. */
  outcome: "done" | "offline" | "failed" | "sign-in" | "upgrade" | "wiped";
  pushed: number;
  pulled: number;
  merged: { mid: string; kind: string; id: string }[];
  conflicts: { mid: string; kind: string; id: string; fields: FieldConflict[] }[];
  rejected: AttentionEntry[];
  deferred: string[];
  evicted: string[];
  /** Scopes that did not hold what they should and were taken again. */
  retaken: string[];
  /** Changes that had waited, or had been refused, and were taken by the server since. */
  later: string[];
  problem: Problem | null;
}

/** The report while it is being written, and the kinds whose screens must look again. */
export interface Trace {
  report: SyncReport;
  touched: Set<string>;
}

export function newTrace(): Trace {
  const report: SyncReport = {
    outcome: "done", pushed: 0, pulled: 0, merged: [], conflicts: [], rejected: [], deferred: [], evicted: [], retaken: [], later: [],
    problem: null,
  };
  return { report, touched: new Set() };
}
