/** The manifest: scopes, limits, the current ranker, and whether this phone must start over or forget everything. */

// Its ETag stands for the head and the grants too, so that one unchanged answer says all that a pull could.

import { startOver } from "./cursor.ts";
import { ProblemError } from "./problems.ts";
import type { Trace } from "./report.ts";
import type { World } from "./round.ts";
import type { Transaction } from "./ports.ts";
import { begunScopes, loadings, toBegin } from "./scopes.ts";
import type { Manifest } from "./wire.ts";

/** Takes the manifest; gives whether it is the one that this phone has. */
export async function takeManifest(world: World, trace: Trace): Promise<boolean> {
  const etag = await world.store.transaction("read", (tx) => tx.meta<string>("etag"));
  const headers: { [name: string]: string } = etag ? { "if-none-match": etag } : {};
  const answer = await world.messenger.signed({ method: "GET", path: "/v1/sync/manifest", headers });
  if (answer.status === 304) return true;
  const manifest = answer.body as Manifest;
  if (manifest.wipe === "hard") throw new ProblemError(WIPE);
  await world.store.transaction("write", async (tx) => {
    await tx.setMeta("manifest", manifest);
    await tx.setMeta("begun", (await begunScopes(tx)).filter((scope) => manifest.scopes.includes(scope)));
    await tx.setMeta("held", manifest.scopes);
    await tx.setMeta("etag", answer.headers["etag"] ?? null);
    if (manifest.wipe === "soft") await startOver(tx, false);
  });
  trace.touched.add("manifest");
  return false;
}

/** Whether this phone was even with the server when it took this manifest, and has had nothing to send or take since. */
export async function isEven(tx: Transaction): Promise<boolean> {
  const etag = (await tx.meta<string | null>("etag")) ?? null;
  if (etag === null || (await tx.meta<string | null>("even")) !== etag) return false;
  const begun = Boolean(await tx.meta<string | null>("cursor")) && !(await tx.meta<boolean>("taking"));
  const wants = [...((await tx.meta<string[]>("retake")) ?? []), ...(await loadings(tx)), ...(await tx.outbox())];
  return begun && wants.length === 0 && (await toBegin(tx)).length === 0;
}

/** Remembers that everything up to the manifest that was taken first is here, or that it may not be. */
export async function noteEven(world: World, even: boolean): Promise<void> {
  await world.store.transaction("write", async (tx) => tx.setMeta("even", even ? ((await tx.meta<string | null>("etag")) ?? null) : null));
}

const WIPE = {
  type: "/problems/device-revoked", title: "This device may no longer hold Kith's records.", status: 401, remedy: "wipe",
} as const;
