import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { precompress } from "../scripts/precompress.ts";

test("a script is packed beside itself, a picture and a small file are not", () => {
  const folder = mkdtempSync(join(tmpdir(), "kith-packed-"));
  const script = "export const word = 'kith';\n".repeat(100);
  writeFileSync(join(folder, "a.js"), script);
  writeFileSync(join(folder, "a.png"), script);
  writeFileSync(join(folder, "small.js"), "1;");
  expect(precompress(folder)).toEqual(["a.js"]);
  expect(brotliDecompressSync(readFileSync(join(folder, "a.js.br"))).toString()).toBe(script);
  rmSync(folder, { recursive: true });
});
