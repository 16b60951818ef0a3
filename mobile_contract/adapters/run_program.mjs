/**
 * Runs one TypeScript program of an app that has installed @kith/adapters: `node run_program.mjs app/program.ts`.
 *
 * The test of docs/mobile.md runs the page's programs with it. Nothing is told to the bundler but what to bundle, so that a
 * package is found as any app finds it, from the program's own folder.
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
  const bundle = await rolldown({ input: resolve(process.argv[2]), platform: "node", external: [/^node:/], logLevel: "silent" });
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "program.mjs" });
  const run = spawnSync(process.execPath, [join(folder, "program.mjs")], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
