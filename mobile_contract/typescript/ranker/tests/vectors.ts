/** Reads the golden vectors, and packs as the server would send them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { PackDocument } from "../document.ts";

/** The golden vector called `name`. */
export function vector<T>(name: string): T {
  const contract = process.env["KITH_CONTRACT"] ?? "mobile_contract";
  return JSON.parse(readFileSync(join(contract, "vectors", "ranker", `${name}.json`), "utf8")) as T;
}

/** The golden pack, changed if told, gzipped. */
export function packBytes(changes: Partial<PackDocument> = {}): Uint8Array {
  return gzipSync(JSON.stringify({ ...vector<PackDocument>("pack"), ...changes }));
}

/** Whether two numbers are the same bits, all NaN being one. */
export function sameBits(a: number, b: number): boolean {
  return Object.is(a, b);
}
