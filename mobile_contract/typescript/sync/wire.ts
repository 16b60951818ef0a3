/** What travels, as the server says it; mirrors mobile_contract/wire. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Doc = { [field: string]: Json };
/** Field → value. In a patch a set of codes is {add, remove} and a counter {delta}. */
export type FieldSet = { [field: string]: Json };

export type Op = "create" | "patch" | "delete" | "command";
export type Outcome = "applied" | "merged" | "duplicate" | "conflict" | "rejected" | "deferred";
export type Remedy = "fix" | "sign-in" | "drop" | "pull" | "snapshot" | "upgrade" | "wait" | "wipe";

export interface Command {
  name: string;
  args: Doc;
  /** After this instant the server refuses the command; null for never. */
  valid_until: string | null;
}

export interface Mutation {
  mid: string;
  lseq: number;
  kind: string;
  id: string;
  op: Op;
  base: number;
  set: FieldSet;
  hlc: string;
  command: Command | null;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  remedy: Remedy;
  errors?: { [field: string]: Json };
}

export interface Row {
  k: string;
  i: string;
  v: number;
  op: "put" | "del" | "out";
  d: Doc | null;
}

export interface FieldConflict {
  field: string;
  mine: Json;
  theirs: Json;
  kept: Json;
  rule: string;
}

export interface Result {
  mid: string;
  lseq: number;
  outcome: Outcome;
  version: number;
  row: Row | null;
  conflicts: FieldConflict[];
  problem: Problem | null;
}

export interface Push {
  device: string;
  sent_at: string;
  schema: number;
  mutations: Mutation[];
  /** Mids of which the phone wants to know what became. */
  ask?: string[];
}

/** What became of a change that was answered before: it waited, or it was refused and then reviewed. */
export interface Later {
  mid: string;
  outcome: Outcome;
  problem: Problem | null;
}

export interface PushAnswer {
  results: Result[];
  acked_lseq: number;
  /** Server time minus the phone's; null within five minutes. Servers of contract 1 do not name it, nor `later`. */
  clock_offset_ms?: number | null;
  later?: Later[];
}

export interface Pull {
  cursor: string | null;
  limit: number;
  max_bytes: number;
  schema: number;
  /** SHA-256 of the snapshots that have been loaded. */
  snapshots?: string[];
  /** Scopes to begin again. */
  retake?: string[];
}

export interface Page {
  cursor: string;
  more: boolean;
  consistent: boolean;
  evict: string[];
  rows: Row[];
  acked_lseq: number;
  /** Seconds until it is worth asking again; 0 with `more`. Servers of contract 1 do not name it, nor `budget`. */
  poll_after_s?: number;
  /** Null when nothing was counted, so that every scope fits. */
  budget?: Budget | null;
}

/** How much a device holds; `refused` names the scopes that do not fit. */
export interface Budget {
  records: number;
  warn: boolean;
  refused: string[];
  problem: Problem | null;
}

export interface Offer {
  scope: string;
  sha256: string;
  seq: number;
  epoch: string;
  schema: number;
  rows: number;
  bytes: number;
}

export interface Limits {
  mutations: number;
  body_bytes: number;
  page_rows: number;
  page_bytes: number;
  /** Contract 2 and later: days for which a phone keeps what was answered, in case of a restore. */
  journal_days?: number;
  /** Contract 3: records above which a device holds more than is good for it. */
  device_records_warn?: number;
  device_records_max?: number;
}

export interface Manifest {
  server_time: string;
  epoch: string;
  head: number;
  schema: { min: number; current: number };
  kinds: string[];
  scopes: string[];
  limits: Limits;
  poll_after_s: number;
  /** Path of the stream of pokes, null where there is none; servers before live pokes do not name it. */
  live?: string | null;
  wipe: "none" | "soft" | "hard";
  model: { version: string; pack_sha256: string } | null;
}

export interface Account {
  id: string;
  name: string;
  username: string;
  roles: string[];
  volunteer_id: string | null;
  team_ids: string[];
  districts: string[];
  centre_ids: string[];
  bank_ids: string[];
  hub_ids: string[];
  employer_ids: string[];
  asset_ids: string[];
}

export interface Session {
  account: Account;
  tenant: string;
  device_id: string;
  scopes: string[];
  access_token: string;
  access_expires_at: string;
  refresh_token: string;
}
