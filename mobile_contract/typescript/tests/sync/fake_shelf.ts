/** Snapshots for the small server: packed as the real one packs them, and sent in pieces that may break off. */

import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { TransportAnswer } from "../../sync/ports.ts";
import type { Offer, Row } from "../../sync/wire.ts";

interface Header {
  tenant: string;
  scope: string;
  epoch: string;
  seq: number;
  schema: number;
}

const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

export class FakeShelf {
  offers: Offer[] = [];
  files = new Map<string, Uint8Array>();
  /** Bytes that left the server. */
  sent = 0;

  /** Packs rows; of a scope only the newest is offered. */
  pack(header: Header, rows: Row[], more: { [name: string]: unknown } = {}): Offer {
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    const first = JSON.stringify({ ...header, rows: rows.length, checksum: sha256(lines), ...more });
    const file = gzipSync(`${first}\n${lines}`);
    const { scope, seq, epoch, schema } = header;
    const offer = { scope, sha256: sha256(file), seq, epoch, schema, rows: rows.length, bytes: file.length };
    this.files.set(offer.sha256, file);
    this.offers = [...this.offers.filter((one) => one.scope !== scope), offer];
    return offer;
  }

  answer(path: string, headers: { [name: string]: string }, epoch: string, scopes: string[]): TransportAnswer {
    const address = new URL(path, "http://x");
    const wanted = address.searchParams.get("scopes")?.split(",") ?? scopes;
    const good = this.offers.filter((one) => one.epoch === epoch && scopes.includes(one.scope));
    const name = address.pathname.split("/")[4];
    if (!name) return { status: 200, headers: {}, body: { snapshots: good.filter(({ scope }) => wanted.includes(scope)) } };
    const gone = { type: "/problems/snapshot-expired", title: "gone", status: 410, remedy: "snapshot" };
    if (!good.some((one) => one.sha256 === name)) return { status: 410, headers: {}, body: gone };
    const from = Number(/^bytes=(\d+)-$/.exec(headers["range"] ?? "")?.[1] ?? 0);
    return { status: from ? 206 : 200, headers: {}, body: this.files.get(name)!.subarray(from) };
  }

  /** Sends the body of an answer piece by piece. */
  async *pieces(answer: TransportAnswer, size: number, cut: () => void = () => undefined): AsyncGenerator<Uint8Array> {
    if (answer.status >= 300) return;
    const body = answer.body as Uint8Array;
    for (let at = 0; at < body.length; at += size) {
      cut();
      const piece = body.subarray(at, at + size);
      this.sent += piece.length;
      yield piece;
    }
  }

  /** Where each scope goes on after these snapshots; null unless all are good. */
  loaded(names: string[], epoch: string, scopes: string[]): { [scope: string]: number } | null {
    const good = this.offers.filter((one) => names.includes(one.sha256) && one.epoch === epoch && scopes.includes(one.scope));
    return good.length < names.length ? null : Object.fromEntries(good.map(({ scope, seq }) => [scope, seq]));
  }
}

/** The digest as docs/protocol.md defines it, worked out in another way than the client does. */
export function sumOf(rows: Row[]): { count: number; digest: string } {
  const digests = rows.map(({ k, i, v }) => BigInt(`0x${sha256(`${k}\n${i}\n${v}`).slice(0, 32)}`));
  const total = digests.reduce((sum, one) => sum ^ one, 0n);
  return { count: rows.length, digest: total.toString(16).padStart(32, "0") };
}
