/** Verify: now and then ask the server whether this phone holds what it should, and take again what differs. */

import { ProblemError } from "./problems.ts";
import type { Trace } from "./report.ts";
import type { World } from "./round.ts";
import { begunScopes, takeAgain } from "./scopes.ts";
import { hex, unpacks } from "./unpack.ts";

/** Full syncs, and time, after which a phone asks. */
const AFTER_SYNCS = 50;
const AFTER_MS = 24 * 3_600_000;
const DIGEST_BYTES = 16;
const utf8 = new TextEncoder();

interface Sum {
  count: number;
  digest: string;
}

/** Asks when it is time, and gives whether scopes have to be taken again. A server that cannot say changes nothing. */
export async function verify(world: World, trace: Trace): Promise<boolean> {
  if (!(await isDue(world)) || !unpacks()) return false;
  const [cursor, scopes] = await world.store.transaction("read", async (tx) => [
    await tx.meta<string | null>("cursor"), await begunScopes(tx),
  ] as const);
  if (!cursor) return false;
  const sums = await sumsOf(world, scopes);
  const answer = await ask(world, cursor, sums);
  return world.store.transaction("write", async (tx) => {
    if (answer?.at_head === false) return false; // something came meanwhile; ask after the next sync
    await tx.setMeta("verified_at", world.clock());
    await tx.setMeta("syncs", 0);
    const wrong = answer?.mismatched ?? [];
    if (!wrong.length || (await tx.meta<string>("cursor")) !== cursor) return false;
    await takeAgain(tx, wrong);
    trace.report.retaken.push(...wrong);
    return true;
  });
}

/** Counts a full sync, and gives whether it is time. */
function isDue(world: World): Promise<boolean> {
  return world.store.transaction("write", async (tx) => {
    const syncs = ((await tx.meta<number>("syncs")) ?? 0) + 1;
    await tx.setMeta("syncs", syncs);
    const last = await tx.meta<number>("verified_at");
    if (last === undefined) await tx.setMeta("verified_at", world.clock());
    // A clock that was put back must not put verifying off for ever.
    return syncs >= AFTER_SYNCS || Math.abs(world.clock() - (last ?? world.clock())) > AFTER_MS;
  });
}

async function ask(world: World, cursor: string, scopes: { [scope: string]: Sum }) {
  try {
    const answer = await world.messenger.signed({ method: "POST", path: "/v1/sync/verify", body: { cursor, scopes } });
    return answer.body as { at_head: boolean; mismatched: string[] };
  } catch (error) {
    const local = error instanceof ProblemError && !["sign-in", "wipe", "upgrade", "wait"].includes(error.problem.remedy);
    if (local || (error instanceof ProblemError && error.problem.status === 404)) return null;
    throw error;
  }
}

async function sumsOf(world: World, scopes: string[]): Promise<{ [scope: string]: Sum }> {
  const sums: { [scope: string]: Sum } = {};
  for (const scope of scopes) {
    // Only names leave the transaction: it must not wait for digests, and documents need not stay in memory.
    const texts = await world.store.transaction("read", async (tx) =>
      (await tx.recordsInScope(scope)).map(({ kind, id, version }) => `${kind}\n${id}\n${version}`),
    );
    sums[scope] = { count: texts.length, digest: await digestOf(texts) };
  }
  return sums;
}

/** The first 16 bytes of the SHA-256 of each, laid over one another by exclusive or: in any order the same. */
export async function digestOf(texts: string[]): Promise<string> {
  const total = new Uint8Array(DIGEST_BYTES);
  for (const text of texts) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(text)));
    for (let at = 0; at < DIGEST_BYTES; at += 1) total[at]! ^= digest[at]!;
  }
  return hex(total);
}
