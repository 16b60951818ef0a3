/** From the bytes of a pack to one that can rank. */

import type { PackDocument } from "./document.ts";
import { type InputSet, Pack, PackError, PEOPLE } from "./pack.ts";

const MOST_BYTES = 8_000_000;

/**
 * Unfolds a pack. Throws a PackError when it is not whole, not for this app, or not the one announced:
 * `expected` is what the manifest said of it, `set` what it must read.
 */
export async function loadPack(
  bytes: Uint8Array, expected: { version?: string; sha256?: string } = {}, set: InputSet = PEOPLE,
): Promise<Pack> {
  const unfolding = unfolded(bytes); // meanwhile; nothing of it is looked at before the hash is right
  unfolding.catch(() => undefined); // it is told where it is awaited
  const sha256 = await sha256Of(bytes);
  if (expected.sha256 !== undefined && expected.sha256 !== sha256) {
    throw new PackError("pack-not-as-announced", "its bytes have another SHA-256");
  }
  const document = await documentOf(unfolding);
  if (expected.version !== undefined && expected.version !== document.version) {
    throw new PackError("pack-renamed", `it calls itself ${document.version}`);
  }
  return new Pack(document, sha256, set);
}

async function sha256Of(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.slice()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function documentOf(unfolding: Promise<string>): Promise<PackDocument> {
  let document: unknown;
  try {
    document = JSON.parse(await unfolding);
  } catch (error) {
    if (error instanceof PackError) throw error;
    throw new PackError("pack-corrupt", "it is not gzipped JSON");
  }
  if (typeof document !== "object" || document === null) throw new PackError("pack-schema", "it is no pack");
  return document as PackDocument;
}

async function unfolded(bytes: Uint8Array): Promise<string> {
  const { readable, writable } = new DecompressionStream("gzip");
  feed(writable.getWriter(), bytes.slice()).catch(() => undefined); // the reader hears of it, too
  const reader = readable.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  for (let read = 0; ; ) {
    const { done, value } = await reader.read();
    if (done && read !== lengthIn(bytes)) throw new PackError("pack-corrupt", "it has something after its end");
    if (done) return text + decoder.decode();
    read += value.length;
    if (read > MOST_BYTES) {
      await reader.cancel();
      throw new PackError("pack-too-large", "it unfolds to too much");
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** In one piece: a stream of its own for the bytes would take longer than what it carries. */
async function feed(writer: WritableStreamDefaultWriter<BufferSource>, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await Promise.all([writer.write(bytes), writer.close()]);
}

/** How much a gzip file says, in its last four bytes, that it unfolds to; some engines read on after its end. */
function lengthIn(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(bytes.byteLength - 4, true);
}
