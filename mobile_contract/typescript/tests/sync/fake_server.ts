/** A small server for tests: one tenant, receipts, one feed, patches that set fields. It keeps to the wire and is easy to break. */

import { scopesOf } from "../../../generated/contract.ts";
import { replay } from "../../sync/overlay.ts";
import type { Transport, TransportAnswer, TransportRequest } from "../../sync/ports.ts";
import type { Doc, Mutation, Page, Problem, Pull, Push, PushAnswer, Result, Row } from "../../sync/wire.ts";

interface Kept {
  kind: string;
  id: string;
  version: number;
  doc: Doc | null;
  /** Scope → when it left. */
  left: Map<string, number>;
}

/** Looks at a mutation before the server does; a result without mid and lseq decides it. */
export type Judge = (mutation: Mutation) => Partial<Result> | undefined;

export function problem(slug: string, status: number, remedy: Problem["remedy"]): Problem {
  return { type: `/problems/${slug}`, title: slug, status, remedy };
}

export class FakeServer {
  seq = 0;
  epoch = "e1";
  grants = new Map<string, string[]>();
  records = new Map<string, Kept>();
  receipts = new Map<string, Result>();
  acked = new Map<string, number>();
  revoked = new Set<string>();
  tokens = new Map<string, { device: string; good: boolean }>();
  requests: TransportRequest[] = [];
  judge: Judge = () => undefined;
  pageRows = 1_000;
  model: { version: string; pack_sha256: string } | null = null;
  private made = 0;

  /** The network between one phone and this server. `break` may throw before or after the server has worked. */
  transport(fault: { before?: () => void; after?: () => void } = {}): Transport {
    return {
      send: async (request) => {
        fault.before?.();
        const answer = this.answer(JSON.parse(JSON.stringify(request)) as TransportRequest);
        fault.after?.();
        return answer;
      },
    };
  }

  /** Writes as a colleague would. */
  put(kind: string, id: string, doc: Doc): void {
    const key = `${kind}/${id}`;
    const before = this.records.get(key);
    const left = new Map(before?.left);
    this.seq += 1;
    const after = new Set(scopesOf(kind, id, doc));
    for (const scope of before?.doc ? scopesOf(kind, id, before.doc) : []) if (!after.has(scope)) left.set(scope, this.seq);
    this.records.set(key, { kind, id, version: this.seq, doc, left });
  }

  delete(kind: string, id: string): void {
    const before = this.records.get(`${kind}/${id}`)!;
    this.seq += 1;
    const left = new Map(before.left);
    for (const scope of before.doc ? scopesOf(kind, id, before.doc) : []) left.set(scope, this.seq);
    this.records.set(`${kind}/${id}`, { ...before, version: this.seq, doc: null, left });
  }

  get(kind: string, id: string): Doc | null | undefined {
    return this.records.get(`${kind}/${id}`)?.doc;
  }

  expireTokens(): void {
    for (const token of this.tokens.values()) token.good = false;
  }

  private answer(request: TransportRequest): TransportAnswer {
    this.requests.push(request);
    if (request.path === "/v1/sign-in") {
      const { username, device } = request.body as { username: string; device: { id: string } };
      return ok(this.session(username, device.id));
    }
    if (request.path === "/v1/refresh") return this.refresh((request.body as { refresh_token: string }).refresh_token);
    const token = this.tokens.get(request.headers["authorization"]?.slice(7) ?? "");
    if (!token) return no(problem("not-signed-in", 401, "sign-in"));
    if (this.revoked.has(token.device)) return no(problem("device-revoked", 401, "wipe"));
    if (!token.good) return no(problem("token-expired", 401, "sign-in"));
    return this.signed(request, token.device);
  }

  private signed({ path, body }: TransportRequest, device: string): TransportAnswer {
    if (path === "/v1/sync/manifest") return ok(this.manifest(device));
    if (path === "/v1/sign-out") return ok(null);
    const { push, pull } = path === "/v1/sync" ? (body as { push: Push; pull: Pull }) : { push: null, pull: body as Pull };
    const pushed = push && this.push(push);
    const page = this.pull(pull, device);
    if ("remedy" in page) return no(page);
    return ok(push ? { push: pushed, pull: page } : page);
  }

  private session(username: string, device: string) {
    this.made += 1;
    const access_token = `access-${this.made}`;
    this.tokens.set(access_token, { device, good: true });
    this.tokens.set(`refresh-${username}-${device}-${this.made}`, { device, good: true });
    const account = {
      id: username, name: username, username, roles: [], volunteer_id: null, team_ids: [], districts: [], centre_ids: [],
    };
    return {
      account, tenant: "t", device_id: device, scopes: this.grants.get(username) ?? [], access_token,
      access_expires_at: "2026-11-21T00:10:00Z", refresh_token: `refresh-${username}-${device}-${this.made}`,
    };
  }

  private refresh(token: string): TransportAnswer {
    const found = this.tokens.get(token);
    if (!found?.good) return no(problem("refresh-invalid", 401, "sign-in"));
    if (this.revoked.has(found.device)) return no(problem("device-revoked", 401, "wipe"));
    return ok(this.session(token.split("-")[1]!, found.device));
  }

  private manifest(device: string) {
    return {
      server_time: "2026-11-21T00:00:00Z", epoch: this.epoch, head: this.seq, schema: { min: 1, current: 1 }, kinds: [],
      scopes: this.scopes(device), limits: { mutations: 1000, body_bytes: 4_000_000, page_rows: 5000, page_bytes: 4_000_000 },
      poll_after_s: 60, wipe: "none", model: this.model,
    };
  }

  private scopes(device: string): string[] {
    return this.grants.get(device.split("-")[0]!) ?? [];
  }

  private push({ device, mutations }: Push): PushAnswer {
    const results: Result[] = [];
    for (const mutation of mutations) {
      const before = this.receipts.get(mutation.mid);
      const gap = !before && mutation.lseq !== (this.acked.get(device) ?? 0) + 1;
      const result = before ?? (gap ? refused(mutation, problem("lseq-gap", 409, "fix")) : this.take(mutation));
      results.push(result);
      if (gap) break;
      if (!before) this.acked.set(device, mutation.lseq);
      this.receipts.set(mutation.mid, result);
    }
    return { results, acked_lseq: this.acked.get(device) ?? 0 };
  }

  private take(mutation: Mutation): Result {
    const { mid, lseq, kind, id, op } = mutation;
    const judged = this.judge(mutation);
    if (judged) return { mid, lseq, outcome: "applied", version: 0, row: null, conflicts: [], problem: null, ...judged };
    const entry = { ...mutation, order: 0, made_at: "", deferred: false };
    const doc = replay(this.get(kind, id) ?? undefined, entry);
    if (op === "delete") this.delete(kind, id);
    else if (doc) this.put(kind, id, doc);
    else return refused(mutation, problem("not-yours", 403, "drop"));
    return { mid, lseq, outcome: "applied", version: this.seq, row: null, conflicts: [], problem: null };
  }

  private pull({ cursor, limit }: Pull, device: string): Page | Problem {
    const place = cursor === null ? null : (JSON.parse(cursor) as { epoch: string; at: { [scope: string]: number } });
    if (place && place.epoch !== this.epoch) return problem("epoch-changed", 410, "snapshot");
    const scopes = this.scopes(device);
    const at = Object.fromEntries(scopes.map((scope) => [scope, place?.at[scope] ?? 0]));
    const changed = [...this.records.values()].flatMap((record) => this.row(record, at));
    const rows = changed.sort((one, other) => one.v - other.v).slice(0, Math.min(limit, this.pageRows));
    const more = rows.length < changed.length;
    const reached = more ? rows.at(-1)!.v : this.seq;
    // Places only move together here: enough for one team at a time, and the real server's own tests cover the rest.
    const cursorAfter = JSON.stringify({ epoch: this.epoch, at: Object.fromEntries(scopes.map((scope) => [scope, reached])) });
    const evict = Object.keys(place?.at ?? {}).filter((scope) => !scopes.includes(scope));
    return { cursor: cursorAfter, more, consistent: !more, evict, rows, acked_lseq: this.acked.get(device) ?? 0 };
  }

  private row({ kind, id, version, doc, left }: Kept, at: { [scope: string]: number }): Row[] {
    const scopes = doc ? scopesOf(kind, id, doc).filter((scope) => scope in at) : [];
    if (scopes.some((scope) => at[scope]! < version)) return [{ k: kind, i: id, v: version, op: "put", d: doc }];
    const left_at = [...left].filter(([scope, when]) => scope in at && at[scope]! < when && at[scope]! > 0).map(([, when]) => when);
    if (scopes.length || !left_at.length) return [];
    return [{ k: kind, i: id, v: Math.max(...left_at), op: doc ? "out" : "del", d: null }];
  }
}

function refused({ mid, lseq }: Mutation, why: Problem): Result {
  return { mid, lseq, outcome: "rejected", version: 0, row: null, conflicts: [], problem: why };
}

function ok(body: unknown): TransportAnswer {
  return { status: 200, headers: {}, body: JSON.parse(JSON.stringify(body)) as unknown };
}

function no(body: Problem): TransportAnswer {
  return { status: body.status, headers: {}, body };
}
