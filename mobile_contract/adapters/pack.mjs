/**
 * Makes the package that apps install: `node pack.mjs [folder]` (default: build/) leaves kith-adapters-<version>.tgz there.
 *
 * It holds JavaScript and types of the client, both adapters and all that they import, and asks nothing of an app's settings.
 */

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "build"));
const folder = join(target, "package");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
compile();
describe();
execFileSync(npm, ["pack", folder, "--pack-destination", target, "--loglevel", "error"], { stdio: "inherit" });

function compile() {
  const about = createRequire(import.meta.url).resolve("typescript/package.json");
  const compiler = join(dirname(about), JSON.parse(readFileSync(about, "utf8")).bin.tsc);
  execFileSync(process.execPath, [compiler, "-p", join(here, "tsconfig.build.json"), "--outDir", folder], { stdio: "inherit" });
  for (const name of readdirSync(folder, { recursive: true })) if (name.endsWith(".d.ts")) nameWhatIsThere(join(folder, name));
}

/** The compiler leaves ".ts" in what types import, and not every compiler finds what is meant. */
function nameWhatIsThere(file) {
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/((?:from |import\()"\.[^"]*)\.ts"/g, '$1.js"'));
}

function describe() {
  const { scripts, devDependencies, private: _, ...kept } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...kept, type: "module", sideEffects: false }, null, 2) + "\n");
  copyFileSync(join(here, "../../LICENSE"), join(folder, "LICENSE"));
  copyFileSync(join(here, "README.md"), join(folder, "README.md"));
}
