/** Bytes packed and unpacked by what browsers and Node bring. */

/** Bodies from this size on are worth packing. */
const WORTH_PACKING = 2_048;

/** Whether this browser can unpack and check a snapshot. */
export function unpacks(): boolean {
  return typeof DecompressionStream !== "undefined" && globalThis.crypto?.subtle !== undefined;
}

/** SHA-256 of pieces that follow one another, in hexadecimal. */
export async function sha256Of(pieces: Uint8Array[]): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(pieces as BlobPart[]).arrayBuffer())));
}

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The lines of a gzip file that lies in pieces, one at a time. Throws when it cannot be unpacked. */
export async function* linesOf(pieces: Uint8Array[]): AsyncGenerator<string> {
  const unpacked = new Blob(pieces as BlobPart[]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = unpacked.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + decoder.decode(part.value, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest) yield rest;
}

/** What to send for a JSON body: packed when it is large and this browser can; `headers` say so. */
export async function packed(body: unknown): Promise<{ body: string | Uint8Array; headers: { [name: string]: string } }> {
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json" };
  if (text.length < WORTH_PACKING || typeof CompressionStream === "undefined") return { body: text, headers };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return { body: bytes, headers: { ...headers, "content-encoding": "gzip" } };
}
