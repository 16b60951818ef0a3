/** Fails a build whose service worker would leave out a part of the app: an offline phone could not load it. */

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Plugin } from "vite";

/** The parts that the sync client loads only when it needs them; without them a phone syncs, but never verifies. */
const LAZY = ["snapshots", "verify"];

/** What is wrong with a build of these files (`assets/name-hash.js`) and this service worker's script; empty when nothing is. */
export function lost(script: string, files: string[]): string[] {
  const unmade = LAZY.filter((name) => !files.some((file) => file.startsWith(`assets/${name}-`)));
  // What it would take in by itself the content security policy refuses, and then there is no worker at all.
  const foreign = script.includes("importScripts(") ? ["importScripts"] : [];
  return [...unmade, ...foreign, ...files.filter((file) => !script.includes(`"${file}"`))];
}

export function keepsEverything(): Plugin {
  let folder = "";
  return {
    name: "kith-keeps-everything",
    apply: "build",
    configResolved: ({ root, build }) => void (folder = resolve(root, build.outDir)),
    closeBundle: {
      order: "post",
      sequential: true,
      handler() {
        const files = readdirSync(join(folder, "assets")).filter((name) => /\.(js|css)$/.test(name));
        const wrong = lost(readFileSync(join(folder, "sw.js"), "utf8"), files.map((name) => `assets/${name}`));
        if (wrong.length) throw new Error(`the service worker does not keep ${wrong.join(", ")}`);
      },
    },
  };
}
