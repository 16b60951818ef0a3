/** A stream over `fetch`, which unlike EventSource can carry the access token in a header. */

import type { BytesAnswer, StreamAnswer, TransportRequest } from "./ports.ts";
import { SILENCE_MS, watchdog, type Watchdog } from "./watchdog.ts";

/** Opens `base` + the request's path. Any answer resolves; only silence rejects, and one that does not begin in time. */
export async function fetchStream(
  base: string, request: TransportRequest, signal: AbortSignal, silence = SILENCE_MS,
): Promise<StreamAnswer> {
  const closer = new AbortController();
  const close = (): void => closer.abort();
  if (signal.aborted) close();
  signal.addEventListener("abort", close, { once: true });
  const { method, path, headers } = request;
  const watch = watchdog(silence);
  watch.signal.addEventListener("abort", close, { once: true });
  const begun = fetch(base + path, { method, headers, signal: closer.signal, cache: "no-store", credentials: "omit" });
  const answer = await begun.catch((error: unknown) => {
    watch.end();
    throw error;
  });
  const named = Object.fromEntries([...answer.headers].map(([name, value]) => [name.toLowerCase(), value]));
  const isStream = answer.ok && answer.body !== null && (named["content-type"] ?? "").startsWith("text/event-stream");
  const body = isStream ? null : jsonOf(await answer.text());
  watch.end(); // whoever listens hears for himself when it falls silent
  return { status: answer.ok && !isStream ? 502 : answer.status, headers: named, body, chunks: isStream ? textOf(answer.body!) : nothing() };
}

/** Opens `base` + the request's path for an answer that may be long; it ends when it falls silent. */
export async function fetchBytes(base: string, request: TransportRequest, silence = SILENCE_MS): Promise<BytesAnswer> {
  const watch = watchdog(silence);
  const { method, path, headers } = request;
  const answer = await fetch(base + path, { method, headers, signal: watch.signal, cache: "no-store", credentials: "omit" });
  const named = Object.fromEntries([...answer.headers].map(([name, value]) => [name.toLowerCase(), value]));
  if (answer.ok && answer.body) return { status: answer.status, headers: named, body: null, pieces: piecesOf(answer.body, watch) };
  const body = jsonOf(await answer.text());
  watch.end();
  return { status: answer.ok ? 502 : answer.status, headers: named, body, pieces: nothing() };
}

async function* piecesOf(body: ReadableStream<Uint8Array>, watch: Watchdog): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      watch.pat();
      yield part.value;
    }
  } finally {
    watch.end();
    await reader.cancel().catch(() => undefined);
  }
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

async function* nothing(): AsyncGenerator<never> {}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null; // a proxy's page in HTML is an answer too, only without anything to read
  }
}
