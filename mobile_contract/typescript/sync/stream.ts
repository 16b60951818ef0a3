/** A stream over `fetch`, which unlike EventSource can carry the access token in a header. */

import type { StreamAnswer, TransportRequest } from "./ports.ts";

/** Opens `base` + the request's path. Any answer resolves; only silence rejects. */
export async function fetchStream(base: string, request: TransportRequest, signal: AbortSignal): Promise<StreamAnswer> {
  const { method, path, headers } = request;
  const answer = await fetch(base + path, { method, headers, signal, cache: "no-store", credentials: "omit" });
  const named = Object.fromEntries([...answer.headers].map(([name, value]) => [name.toLowerCase(), value]));
  const isStream = answer.ok && answer.body !== null && (named["content-type"] ?? "").startsWith("text/event-stream");
  if (isStream) return { status: answer.status, headers: named, body: null, chunks: textOf(answer.body!) };
  return { status: answer.ok ? 502 : answer.status, headers: named, body: jsonOf(await answer.text()), chunks: nothing() };
}

async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield decoder.decode(part.value, { stream: true });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function* nothing(): AsyncGenerator<string> {}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null; // a proxy's page in HTML is an answer too, only without anything to read
  }
}
