/**
 * Runs the TypeScript tests of the contract on Node 20 and later: `node mobile_contract/typescript/run_tests.mjs [part of a name …]`.
 *
 * Node 20 reads no TypeScript, so each test file is bundled first, by the bundler that the app installs.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const tests = readdirSync(here, { recursive: true })
  .filter((name) => name.endsWith(".test.ts") && (!wanted.length || wanted.some((part) => name.includes(part))))
  .sort();

const app = createRequire(join(here, "../../app/package.json"));
const { rolldown } = await import(pathToFileURL(app.resolve("rolldown")).href);
const folder = mkdtempSync(join(tmpdir(), "kith-contract-"));
try {
  const bundle = await rolldown({
    input: Object.fromEntries(tests.map((name) => [name.replaceAll("/", "-").replace(/\.ts$/, ""), join(here, name)])),
    platform: "node",
    external: [/^node:/],
  });
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "chunk-[hash].mjs" });
  const files = tests.map((name) => join(folder, `${name.replaceAll("/", "-").replace(/\.ts$/, "")}.mjs`));
  const environment = { ...process.env, KITH_CONTRACT: dirname(here) };
  const run = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit", env: environment });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
