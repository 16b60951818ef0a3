/** How things stand between this phone and the server, in terms that a person can be told. */

import type { Transaction } from "./ports.ts";
import { OFFLINE } from "./problems.ts";
import type { SyncReport } from "./report.ts";
import type { Account, Budget, Manifest, Problem, Session } from "./wire.ts";

export type ClientState = "sign-in" | "ready" | "upgrade" | "wiped";

export interface Status {
  /** sign-in: sending waits for a password, work goes on. upgrade: a newer app is needed first. wiped: this device was shut out. */
  state: ClientState;
  account: Account | null;
  syncing: boolean;
  /** Changes saved on this phone and not yet answered. */
  waiting: number;
  /** Changes the server keeps until what they refer to arrives. */
  deferred: number;
  /** Refused changes that a person should see. */
  attention: number;
  /** Every change made before this instant and allowed here is on this phone; null before the first full sync. */
  synced_at: string | null;
  /** Why the last sync did not finish; null when it did. A lost network has the type "/problems/offline". */
  problem: Problem | null;
  /** Seconds after which it is worth syncing again though nothing failed, as the server last said; null when it did not. */
  poll_after_s: number | null;
  /** Scopes that stay away because this phone holds as much as it can. */
  away: string[];
  /** Records on this phone above which it is slow; null while there are fewer. */
  crowded: number | null;
  /** Server time minus this phone's, in milliseconds, when that is more than five minutes. */
  clock_offset_ms: number | null;
  /** When to try again, in milliseconds since 1970; null when there is no reason to. */
  retry_at: number | null;
}

export async function readStatus(tx: Transaction, syncing: boolean, retry_at: number | null): Promise<Status> {
  const outbox = await tx.outbox();
  const deferred = outbox.filter((entry) => entry.deferred).length;
  return {
    state: await stateOf(tx),
    account: (await tx.meta<Account>("account")) ?? null,
    syncing,
    waiting: outbox.length - deferred,
    deferred,
    attention: (await tx.attention()).length,
    synced_at: (await tx.meta<string>("synced_at")) ?? null,
    problem: (await tx.meta<Problem | null>("problem")) ?? null,
    poll_after_s: (await tx.meta<number | null>("poll_after_s")) ?? null,
    away: (await tx.meta<Budget | null>("budget"))?.refused ?? [],
    crowded: await crowdedBy(tx),
    clock_offset_ms: (await tx.meta<number | null>("clock_offset_ms")) ?? null,
    retry_at,
  };
}

async function crowdedBy(tx: Transaction): Promise<number | null> {
  const most = (await tx.meta<Manifest>("manifest"))?.limits?.device_records_warn ?? Infinity;
  const records = await tx.countRecords();
  return records > most ? records : null;
}

async function stateOf(tx: Transaction): Promise<ClientState> {
  if (await tx.meta<boolean>("wiped")) return "wiped";
  if (!(await tx.meta<Session | null>("session"))) return "sign-in";
  return (await tx.meta<Problem | null>("problem"))?.remedy === "upgrade" ? "upgrade" : "ready";
}

/** What to call a sync that ended with this problem. */
export function outcomeOf(problem: Problem): SyncReport["outcome"] {
  if (problem.remedy === "sign-in" || problem.remedy === "upgrade") return problem.remedy;
  if (problem.remedy === "wipe") return "wiped";
  return problem.type === OFFLINE.type ? "offline" : "failed";
}
