/** The network, by the `fetch` that browsers, React Native and Node have. */

import type { Transport, TransportAnswer, TransportRequest } from "../../typescript/sync/ports.ts";
import { fetchBytes, fetchStream } from "../../typescript/sync/stream.ts";
import { SILENCE_MS, watchdog, type Watchdog } from "../../typescript/sync/watchdog.ts";

export interface TransportOptions {
  /** Milliseconds without a byte after which a connection is given up. It is silence that counts, not how long all takes. */
  silenceMs?: number;
}

/** As much as one answer may bring, where it cannot be watched. */
const LONGEST_ANSWER = 1024 * 1024;

/** Sends to `server`, such as "https://kith.example". */
export function fetchTransport(server: string, { silenceMs = SILENCE_MS }: TransportOptions = {}): Transport {
  const stream = (request: TransportRequest, signal: AbortSignal) => fetchStream(server, request, signal, silenceMs);
  const bytes = (request: TransportRequest) => fetchBytes(server, request, silenceMs);
  return { send: (request) => send(server, request, silenceMs), ...(seesBytes() ? { stream, bytes } : {}) };
}

async function send(server: string, { method, path, headers, body, raw }: TransportRequest, silenceMs: number): Promise<TransportAnswer> {
  const text = body === undefined ? null : JSON.stringify(body);
  const unseen = (text?.length ?? 0) + (seesBytes() ? 0 : LONGEST_ANSWER);
  const watch = watchdog(silenceMs, unseen);
  try {
    const json = { "content-type": "application/json", ...headers };
    const answer = await fetch(server + path, { method, headers: json, body: text, signal: watch.signal });
    const given = { status: answer.status, headers: headersOf(answer) };
    if (raw && answer.ok) return { ...given, body: await bytesOf(answer, watch) };
    const said = answer.body ? new TextDecoder().decode(await bytesOf(answer, watch)) : await answer.text();
    return { ...given, body: said ? parse(said) : null };
  } catch (error) {
    throw watch.signal.aborted ? silent() : error;
  } finally {
    watch.end();
  }
}

async function bytesOf(answer: Response, watch: Watchdog): Promise<Uint8Array> {
  if (!answer.body) return new Uint8Array(await answer.arrayBuffer());
  const pieces: Uint8Array[] = [];
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    watch.pat();
    pieces.push(part.value);
  }
  return joined(pieces);
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Whether an answer can be read while it comes; in React Native it is there only when all of it is. */
function seesBytes(): boolean {
  return typeof Response !== "undefined" && "body" in Response.prototype;
}

function headersOf(answer: Response): { [name: string]: string } {
  const named: { [name: string]: string } = {};
  answer.headers.forEach((value, name) => (named[name.toLowerCase()] = value));
  return named;
}

/** An error that is called as the platform's own. */
function silent(): Error {
  const error = new Error("The server fell silent.");
  error.name = "TimeoutError";
  return error;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a page of a proxy: the status says enough
  }
}
