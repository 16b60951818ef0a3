/** A small server for tests: one tenant, receipts, one feed, patches that set fields. It keeps to the wire and is easy to break. */

import { scopesOf } from "../../../generated/contract.ts";
import { replay } from "../../sync/overlay.ts";
import type { Transport, TransportAnswer, TransportRequest } from "../../sync/ports.ts";
import type { BytesAnswer } from "../../sync/ports.ts";
import type { Budget, Doc, Later, Mutation, Page, Problem, Pull, Push, PushAnswer, Result, Row } from "../../sync/wire.ts";
import { FakeShelf, sumOf } from "./fake_shelf.ts";

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
  shelf = new FakeShelf();
  budget: Budget | null = null;
  clockOffset: number | null = null;
  decided: Later[] = [];
  private made = 0;

  /** The network between one phone and this server. `break` may throw before or after the server has worked. */
  transport(fault: { before?: (path: string) => void; after?: (path: string) => void } = {}): Transport {
    return {
      send: async (request) => {
        fault.before?.(request.path);
        const answer = this.answer(JSON.parse(JSON.stringify(request)) as TransportRequest);
        fault.after?.(request.path);
        return answer;
      },
    };
  }

  /** The same, over which snapshots come; `cut` is asked before each piece of `size` bytes and may throw. */
  longTransport(fault: { before?: (path: string) => void; after?: (path: string) => void; cut?: () => void } = {}, size = 64): Transport {
    const bytes = async (request: TransportRequest): Promise<BytesAnswer> => {
      fault.before?.(request.path);
      const answer = this.answer(JSON.parse(JSON.stringify(request)) as TransportRequest);
      return { ...answer, body: answer.status < 300 ? null : answer.body, pieces: this.shelf.pieces(answer, size, fault.cut) };
    };
    return { ...this.transport(fault), bytes };
  }

  /** Packs a scope as it is now. */
  pack(scope: string): void {
    const rows = [...this.records.values()].flatMap((record) => this.row(record, { [scope]: 0 }));
    this.shelf.pack({ tenant: "t", scope, epoch: this.epoch, seq: this.seq, schema: 1 }, rows);
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

  private signed({ path, body, headers }: TransportRequest, device: string): TransportAnswer {
    if (path === "/v1/sync/manifest") return this.manifestFor(device, headers["if-none-match"]);
    if (path === "/v1/sign-out") return ok(null);
    if (path === "/v1/sync/push") return ok(this.push(body as Push));
    if (path === "/v1/sync/verify") return ok(this.verify(body as Held, device));
    if (path.startsWith("/v1/sync/snapshots")) return this.shelf.answer(path, headers, this.epoch, this.scopes(device));
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
      bank_ids: [], hub_ids: [], employer_ids: [], asset_ids: [],
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

  private manifestFor(device: string, known: string | undefined): TransportAnswer {
    const manifest = this.manifest(device);
    const etag = JSON.stringify(manifest);
    return known === etag ? { status: 304, headers: { etag }, body: null } : { ...ok(manifest), headers: { etag } };
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

  private verify({ cursor, scopes }: Held, device: string) {
    const { at } = JSON.parse(cursor) as { at: { [scope: string]: number } };
    const granted = this.scopes(device).filter((scope) => scope in scopes);
    if (granted.some((scope) => at[scope] !== this.seq)) return { at_head: false, mismatched: [] };
    const wrong = granted.filter((scope) => {
      const rows = [...this.records.values()].flatMap((record) => this.row(record, { [scope]: 0 }));
      return JSON.stringify(sumOf(rows)) !== JSON.stringify(scopes[scope]);
    });
    return { at_head: true, mismatched: wrong };
  }

  private push({ device, mutations, ask }: Push): PushAnswer {
    const results: Result[] = [];
    for (const mutation of mutations) {
      const before = this.receipts.get(mutation.mid);
      const gap = !before && mutation.lseq !== (this.acked.get(device) ?? 0) + 1;
      const result = before ?? (gap ? refused(mutation, problem("lseq-gap", 409, "fix")) : this.take(mutation));
      results.push(result);
      if (gap) break;
      if (mutation.lseq === (this.acked.get(device) ?? 0) + 1) this.acked.set(device, mutation.lseq);
      this.receipts.set(mutation.mid, result);
    }
    const later = this.decided.filter(({ mid }) => ask?.includes(mid));
    return { results, acked_lseq: this.acked.get(device) ?? 0, clock_offset_ms: this.clockOffset, later };
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

  private pull({ cursor, limit, retake = [], snapshots = [] }: Pull, device: string): Page | Problem {
    const place = cursor === null ? null : (JSON.parse(cursor) as { epoch: string; at: { [scope: string]: number } });
    if (place && place.epoch !== this.epoch) return problem("epoch-changed", 410, "snapshot");
    const scopes = this.scopes(device).filter((scope) => !this.budget?.refused.includes(scope));
    const loaded = this.shelf.loaded(snapshots, this.epoch, scopes);
    if (!loaded) return problem("snapshot-expired", 410, "snapshot");
    const kept = Object.fromEntries(Object.entries(place?.at ?? {}).filter(([scope]) => !retake.includes(scope)));
    const at = Object.fromEntries(scopes.map((scope) => [scope, kept[scope] ?? loaded[scope] ?? 0]));
    const changed = [...this.records.values()].flatMap((record) => this.row(record, at));
    const rows = changed.sort((one, other) => one.v - other.v).slice(0, Math.min(limit, this.pageRows));
    const more = rows.length < changed.length;
    const reached = more ? rows.at(-1)!.v : this.seq;
    // Places only move together here: enough for one team at a time, and the real server's own tests cover the rest.
    const cursorAfter = JSON.stringify({ epoch: this.epoch, at: Object.fromEntries(scopes.map((scope) => [scope, Math.max(at[scope]!, reached)])) });
    const evict = Object.keys(place?.at ?? {}).filter((scope) => !scopes.includes(scope));
    const acked_lseq = this.acked.get(device) ?? 0;
    return { cursor: cursorAfter, more, consistent: !more, evict, rows, acked_lseq, poll_after_s: more ? 0 : 60, budget: this.budget };
  }

  private row({ kind, id, version, doc, left }: Kept, at: { [scope: string]: number }): Row[] {
    const scopes = doc ? scopesOf(kind, id, doc).filter((scope) => scope in at) : [];
    if (scopes.some((scope) => at[scope]! < version)) return [{ k: kind, i: id, v: version, op: "put", d: doc }];
    const left_at = [...left].filter(([scope, when]) => scope in at && at[scope]! < when && at[scope]! > 0).map(([, when]) => when);
    if (scopes.length || !left_at.length) return [];
    return [{ k: kind, i: id, v: Math.max(...left_at), op: doc ? "out" : "del", d: null }];
  }
}

interface Held {
  cursor: string;
  scopes: { [scope: string]: { count: number; digest: string } };
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
