/** What a round trip asks: a push when something waits, and always a pull. */

import { CONTRACT } from "../../generated/contract.ts";
import { asks } from "./later.ts";
import type { Transaction } from "./ports.ts";
import type { World } from "./round.ts";
import { giveUp, loadings } from "./scopes.ts";
import type { Mutation, Page, Pull, Push, PushAnswer } from "./wire.ts";

/** starts: the scopes that the pull begins. asks: whether to hear what became of what waited. */
export interface Asking {
  batch: Mutation[];
  starts: string[];
  asks: boolean;
}

export interface Answer {
  push: PushAnswer | null;
  page: Page;
  pull: Pull;
}

const PAGE = { limit: 1_000, max_bytes: 1024 * 1024 };

/** Push and pull in one round trip, or a pull alone when there is nothing to send. */
export async function ask(world: World, { batch, starts, asks: wanted }: Asking): Promise<Answer> {
  const pull = await world.store.transaction("write", (tx) => pullOf(tx, starts));
  const about = wanted ? await world.store.transaction("read", asks) : { deferred: [], refused: [] };
  if (!batch.length && !about.deferred.length) {
    const answer = await world.messenger.signed({ method: "POST", path: "/v1/sync/pull", body: pull });
    return { push: null, page: answer.body as Page, pull };
  }
  const push = pushOf(world, batch, [...about.deferred, ...about.refused]);
  const answer = await world.messenger.signed({ method: "POST", path: "/v1/sync", body: { push, pull } });
  const both = answer.body as { push: PushAnswer; pull: Page };
  return { push: both.push, page: both.pull, pull };
}

/** A push alone. */
export async function askAlone(world: World, batch: Mutation[]): Promise<PushAnswer> {
  const answer = await world.messenger.signed({ method: "POST", path: "/v1/sync/push", body: pushOf(world, batch, []) });
  return answer.body as PushAnswer;
}

function pushOf(world: World, mutations: Mutation[], about: string[]): Push {
  const sent_at = new Date(world.clock()).toISOString();
  return { device: world.device, sent_at, schema: CONTRACT.version, mutations, ...(about.length ? { ask: about } : {}) };
}

/** Names the snapshots that were loaded for `starts`; whatever else was on its way is given up, as nothing waits for it. */
async function pullOf(tx: Transaction, starts: string[]): Promise<Pull> {
  await giveUp(tx, (await loadings(tx)).filter(({ scope, loaded }) => !loaded || !starts.includes(scope)));
  const loaded = await loadings(tx);
  const retake = new Set([...((await tx.meta<string[]>("retake")) ?? []), ...loaded.map(({ scope }) => scope)]);
  return {
    cursor: (await tx.meta<string | null>("cursor")) ?? null, schema: CONTRACT.version, ...PAGE,
    ...(retake.size ? { retake: [...retake] } : {}),
    ...(loaded.length ? { snapshots: loaded.map(({ sha256 }) => sha256) } : {}),
  };
}
