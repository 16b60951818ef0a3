/** The network as the sync client wants it: any answer resolves, only silence rejects. What goes and comes is counted. */

import { fetchBytes, fetchStream, packed } from "@contract/sync/index.ts";
import type { StreamAnswer, Transport, TransportAnswer, TransportRequest } from "@contract/sync/ports.ts";
import { listening } from "./listening.ts";
import { Meter } from "./meter.ts";

const PATIENCE_MS = 60_000;
const utf8 = new TextEncoder();

export function fetchTransport(base = "", meter = new Meter()): Transport {
  return {
    send: (request) => send(base, request, meter),
    bytes: async (request) => {
      meter.asked(0);
      const answer = await fetchBytes(base, request);
      return { ...answer, pieces: counted(answer.pieces, (piece) => meter.came(piece.length)) };
    },
    stream: (request, signal) => stream(base, request, signal, meter),
  };
}

async function send(base: string, request: TransportRequest, meter: Meter): Promise<TransportAnswer> {
  const sent = request.body === undefined ? null : await packed(request.body);
  meter.asked(sent ? sizeOf(sent.body) : 0);
  const answer = await fetch(base + request.path, {
    method: request.method,
    headers: { ...sent?.headers, ...request.headers },
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(sent ? { body: sent.body as BodyInit } : {}),
  });
  const headers = Object.fromEntries([...answer.headers].map(([name, value]) => [name.toLowerCase(), value]));
  const body = await bodyOf(answer, request.raw === true);
  // The length as it travelled, packed; without one, as it was unpacked.
  meter.came(Number(headers["content-length"] ?? body.length));
  // Another's page, such as that of a hotel's network, is no answer of the server, whatever it says of itself.
  return { status: answer.ok && !body.isRead ? 502 : answer.status, headers, body: body.value };
}

async function stream(base: string, request: TransportRequest, signal: AbortSignal, meter: Meter): Promise<StreamAnswer> {
  meter.asked(0);
  const answer = await fetchStream(base, request, signal);
  if (answer.status !== 200) return answer;
  return { ...answer, chunks: listening.during(counted(answer.chunks, (chunk) => meter.came(chunk.length))) };
}

async function* counted<T>(all: AsyncIterable<T>, note: (one: T) => void): AsyncGenerator<T> {
  for await (const one of all) {
    note(one);
    yield one;
  }
}

function sizeOf(body: unknown): number {
  if (typeof body === "string") return utf8.encode(body).length;
  return body instanceof Blob ? body.size : ((body as { byteLength?: number }).byteLength ?? 0);
}

async function bodyOf(answer: Response, raw: boolean): Promise<{ value: unknown; length: number; isRead: boolean }> {
  if (raw && answer.status < 300) {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { value: bytes, length: bytes.length, isRead: true };
  }
  const text = await answer.text();
  try {
    return { value: text ? (JSON.parse(text) as unknown) : null, length: text.length, isRead: true };
  } catch {
    // A proxy's page in HTML is an answer too, only without anything to read.
    return { value: null, length: text.length, isRead: false };
  }
}
