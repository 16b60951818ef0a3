/**
 * Runs one TypeScript program that imports @kith/adapters as an app would: `node run_program.mjs program.ts`.
 *
 * The test of docs/mobile.md runs the page's programs with it; an app has its own bundler.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const app = createRequire(join(here, "../../app/package.json"));
const { rolldown } = await import(pathToFileURL(app.resolve("rolldown")).href);
const folder = mkdtempSync(join(tmpdir(), "kith-program-"));
try {
  const bundle = await rolldown({
    input: resolve(process.argv[2]),
    platform: "node",
    external: [/^node:/],
    logLevel: "silent",
    resolve: {
      modules: [join(here, "node_modules")],
      alias: Object.fromEntries(["client", "watermelondb", "rxdb"].map((part) => [`@kith/adapters/${part}`, join(here, part, "index.ts")])),
    },
  });
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "program.mjs" });
  const run = spawnSync(process.execPath, [join(folder, "program.mjs")], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
