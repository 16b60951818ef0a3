/** Packs the built files with Brotli, each beside itself: the server sends them so, and packs nothing while somebody waits. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import type { Plugin } from "vite";

const PACKED = /\.(js|css|html|svg|webmanifest)$/;
/** Below this the headers weigh as much as what is saved. */
const WORTH_PACKING = 1000;

/** Writes `name.br` beside every file under `folder` that is worth it; gives their names. */
export function precompress(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => PACKED.test(name));
  return names.filter((name) => {
    const bytes = readFileSync(join(folder, name));
    if (bytes.length < WORTH_PACKING) return false;
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }));
    return true;
  });
}

export function precompressed(): Plugin {
  let folder = "";
  return {
    name: "kith-precompressed",
    apply: "build",
    configResolved: ({ root, build }) => void (folder = resolve(root, build.outDir)),
    // After the service worker is written.
    closeBundle: { order: "post", sequential: true, handler: () => void precompress(folder) },
  };
}
