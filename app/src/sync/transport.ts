/** The network as the sync client wants it: any answer resolves, only silence rejects. */

import { fetchBytes, fetchStream, packed } from "@contract/sync/index.ts";
import type { Transport, TransportAnswer, TransportRequest } from "@contract/sync/ports.ts";

const PATIENCE_MS = 60_000;

export function fetchTransport(base = ""): Transport {
  return {
    send: (request) => send(base, request),
    bytes: (request) => fetchBytes(base, request),
    stream: (request, signal) => fetchStream(base, request, signal),
  };
}

async function send(base: string, request: TransportRequest): Promise<TransportAnswer> {
  const sent = request.body === undefined ? null : await packed(request.body);
  const answer = await fetch(base + request.path, {
    method: request.method,
    headers: { ...sent?.headers, ...request.headers },
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(sent ? { body: sent.body as BodyInit } : {}),
  });
  const headers = Object.fromEntries([...answer.headers].map(([name, value]) => [name.toLowerCase(), value]));
  return { status: answer.status, headers, body: await bodyOf(answer, request.raw === true) };
}

async function bodyOf(answer: Response, raw: boolean): Promise<unknown> {
  if (raw && answer.status < 300) return new Uint8Array(await answer.arrayBuffer());
  const text = await answer.text();
  if (!text) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A proxy's page in HTML is an answer too, only without anything to read.
    return null;
  }
}
