/** Puts into the service worker what it does when the browser wakes it: the content security policy lets it take in no other script. */

import { appendFileSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const SCRIPT = fileURLToPath(new URL("woken.js", import.meta.url));

export function wakes(): Plugin {
  let folder = "";
  return {
    name: "kith-wakes",
    apply: "build",
    configResolved: ({ root, build }) => void (folder = resolve(root, build.outDir)),
    closeBundle: {
      order: "post",
      sequential: true,
      handler: () => appendFileSync(join(folder, "sw.js"), `\n${readFileSync(SCRIPT, "utf8")}`),
    },
  };
}
