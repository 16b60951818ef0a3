/** As much of tus as the queue uses, in memory, over a line that breaks. */

import { createHash } from "node:crypto";
import type { FileAnswer, FileNetwork, FileRequest } from "../../files/index.ts";
import type { Remedy } from "../../sync/wire.ts";

export class FakeServer implements FileNetwork {
  readonly uploads = new Map<string, { id: string; length: number; bytes: Uint8Array }>();
  readonly asked: string[] = [];
  /** Answers to these requests are lost after they were carried out: numbers from 1. */
  lost = new Set<number>();
  damaged = 0;
  expired = new Set<string>();
  refuse: { id: string; slug: string; remedy: Remedy; status: number } | null = null;
  token = "first";

  async send(request: FileRequest): Promise<FileAnswer> {
    this.asked.push(request.method);
    const answer = this.answer(request);
    if (this.lost.has(this.asked.length)) throw new Error("the line broke");
    return answer;
  }

  file(id: string): Uint8Array | undefined {
    return [...this.uploads.values()].find((one) => one.id === id && one.bytes.length === one.length)?.bytes;
  }

  private answer({ method, path, headers, bytes }: FileRequest): FileAnswer {
    if (headers["authorization"] !== `Bearer ${this.token}`) return problem(401, "token-expired", "sign-in");
    if (method === "POST") return this.begin(headers);
    const upload = this.uploads.get(path);
    if (!upload) return problem(404, "not-found", "drop");
    if (this.expired.has(path)) return problem(410, "upload-expired", "fix");
    if (method === "PATCH") {
      if (Number(headers["upload-offset"]) !== upload.bytes.length) return problem(409, "upload-offset", "fix");
      const digest = createHash("sha256").update(bytes!).digest("base64");
      if (this.damaged-- > 0 || headers["upload-checksum"] !== `sha256 ${digest}`) return problem(460, "checksum-mismatch", "wait");
      upload.bytes = Buffer.concat([upload.bytes, bytes!]);
    }
    const told = { "upload-offset": String(upload.bytes.length) };
    return { status: method === "PATCH" ? 204 : 200, headers: told, problem: null };
  }

  private begin(headers: { [name: string]: string }): FileAnswer {
    const id = atob(headers["upload-metadata"]!.split(" ")[1]!);
    if (this.refuse?.id === id) return problem(this.refuse.status, this.refuse.slug, this.refuse.remedy);
    if (this.file(id)) return problem(409, "file-already-there", "drop");
    const location = `/v1/files/${this.uploads.size}`;
    this.uploads.set(location, { id, length: Number(headers["upload-length"]), bytes: new Uint8Array() });
    return { status: 201, headers: { location }, problem: null };
  }
}

function problem(status: number, slug: string, remedy: Remedy): FileAnswer {
  return { status, headers: {}, problem: { type: `/problems/${slug}`, title: slug, status, remedy } };
}
