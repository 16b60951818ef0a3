/** The manifest: scopes, limits, the current ranker, and whether this phone must start over or forget everything. */

import { startOver } from "./cursor.ts";
import { ProblemError } from "./problems.ts";
import type { Trace } from "./report.ts";
import type { World } from "./round.ts";
import { begunScopes } from "./scopes.ts";
import type { Manifest } from "./wire.ts";

export async function takeManifest(world: World, trace: Trace): Promise<void> {
  const etag = await world.store.transaction("read", (tx) => tx.meta<string>("etag"));
  const headers: { [name: string]: string } = etag ? { "if-none-match": etag } : {};
  const answer = await world.messenger.signed({ method: "GET", path: "/v1/sync/manifest", headers });
  if (answer.status === 304) return;
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
}

const WIPE = {
  type: "/problems/device-revoked", title: "This device may no longer hold Kith's records.", status: 401, remedy: "wipe",
} as const;
