/**
 * Runs the tests of the adapters against the server at KITH_SERVER: `node mobile_contract/adapters/run_tests.mjs [part of a name …]`.
 *
 * Bundled first, as Node 20 reads no TypeScript and WatermelonDB's folders are no addresses that Node can import from.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A file that takes longer has come to a stop: so it is named, rather than the whole run. */
const TEST_MS = 280_000;

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const tests = readdirSync(join(here, "tests"))
  .filter((name) => name.endsWith(".test.ts") && (!wanted.length || wanted.some((part) => name.includes(part))))
  .sort();

const app = createRequire(join(here, "../../app/package.json"));
const { rolldown } = await import(pathToFileURL(app.resolve("rolldown")).href);
const folder = mkdtempSync(join(tmpdir(), "kith-adapters-"));
try {
  const bundle = await rolldown({
    input: Object.fromEntries(tests.map((name) => [name.replace(/\.ts$/, ""), join(here, "tests", name)])),
    platform: "node",
    external: [/^node:/],
    logLevel: "silent",
  });
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "chunk-[hash].mjs" });
  const files = tests.map((name) => join(folder, name.replace(/\.ts$/, ".mjs")));
  const environment = { ...process.env, KITH_CONTRACT: dirname(here) };
  const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", `--test-timeout=${TEST_MS}`, ...files], { stdio: "inherit", env: environment });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
