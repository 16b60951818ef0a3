/** A phone that pushes records and asks for files by plain HTTP, and pictures to send. */

import assert from "node:assert/strict";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { CONTRACT } from "../../generated/contract.ts";
import { PASSWORD, SERVER } from "./stage.ts";

/** A photo of so many bytes: its first are those of a PNG. */
export function photo(size: number): Buffer {
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), randomBytes(size - 8)]);
}

export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A signed-in phone that pushes records by plain HTTP. */
export class Phone {
  private lseq = 0;
  private readonly team_id: string;
  private readonly device: string;
  readonly headers: { [name: string]: string };

  private constructor(team_id: string, device: string, headers: { [name: string]: string }) {
    this.team_id = team_id;
    this.device = device;
    this.headers = headers;
  }

  static async open(username: string, team_id: string): Promise<Phone> {
    const device = randomUUID();
    const body = { username, password: PASSWORD, device: { id: device, name: "Node" } };
    const answer = await Phone.ask("/v1/sign-in", {}, body);
    const { access_token } = (await answer.json()) as { access_token: string };
    return new Phone(team_id, device, { Authorization: `Bearer ${access_token}` });
  }

  static ask(path: string, headers: object, body: object): Promise<Response> {
    const all = { ...headers, "Content-Type": "application/json" };
    return fetch(SERVER + path, { method: "POST", headers: all, body: JSON.stringify(body) });
  }

  async create(kind: string, id: string, set: object): Promise<void> {
    const hlc = `${String(Date.now()).padStart(13, "0")}-0000-${this.device}`;
    const mutation = { mid: randomUUID(), lseq: ++this.lseq, kind, id, op: "create", base: 0, set, hlc };
    const push = { device: this.device, sent_at: new Date().toISOString(), schema: CONTRACT.version, mutations: [mutation] };
    const answer = await Phone.ask("/v1/sync/push", this.headers, push);
    const { results } = (await answer.json()) as { results: { outcome: string }[] };
    assert.equal(results[0]?.outcome, "applied", JSON.stringify(results));
  }

  async announce(bytes: Buffer, fields: object = {}, id: string = randomUUID()): Promise<string> {
    const person = { team_id: this.team_id, person_id: this.team_id, owner_kind: "person", owner_id: this.team_id };
    const about = { purpose: "photo", media_type: "image/png", bytes: bytes.length };
    await this.create("attachment", id, { ...person, ...about, ...fields });
    return id;
  }

  async record(id: string): Promise<{ status: string; sha256: string | null }> {
    const answer = await Phone.ask("/v1/sync/pull", this.headers, { cursor: null, schema: CONTRACT.version, limit: 5000 });
    const { rows } = (await answer.json()) as { rows: { i: string; d: { status: string; sha256: string } }[] };
    return rows.find(({ i }) => i === id)!.d;
  }

  async file(id: string): Promise<{ status: number; bytes: Buffer }> {
    const answer = await fetch(`${SERVER}/v1/files/${id}`, { headers: this.headers });
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  }

  async offset(url: string): Promise<number> {
    const path = new URL(url).pathname;
    const answer = await fetch(SERVER + path, { method: "HEAD", headers: { ...this.headers, "Tus-Resumable": "1.0.0" } });
    return answer.ok ? Number(answer.headers.get("Upload-Offset")) : -answer.status;
  }
}
