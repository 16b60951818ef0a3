/** One sync, stage by stage: push, evict, apply, store the cursor, page after page until both sides are even. */

import { CONTRACT } from "../../generated/contract.ts";
import { apply } from "./apply.ts";
import { startOver, storeCursor } from "./cursor.ts";
import { evict } from "./evict.ts";
import { fold } from "./fold.ts";
import { isolate, narrower } from "./isolate.ts";
import { takeManifest } from "./manifest.ts";
import type { Messenger } from "./messenger.ts";
import { number, sendable, type BatchLimits } from "./number.ts";
import type { Clock, Store } from "./ports.ts";
import { ProblemError, slugOf } from "./problems.ts";
import type { Trace } from "./report.ts";
import type { Manifest, Mutation, Page, PushAnswer } from "./wire.ts";

export interface World {
  store: Store;
  messenger: Messenger;
  clock: Clock;
  device: string;
}

interface Answer {
  push: PushAnswer | null;
  pull: Page;
}

const USUAL_LIMITS: BatchLimits = { mutations: 500, body_bytes: 4 * 1024 * 1024 };
const PAGE = { limit: 1_000, max_bytes: 1024 * 1024 };
/** Rounds in which nothing of the outbox was settled, after which the rest waits for the next sync. */
const PATIENCE = 4;

export async function round(world: World, trace: Trace): Promise<void> {
  await exchange(world, trace);
  await takeManifest(world, trace);
}

async function exchange(world: World, trace: Trace): Promise<void> {
  let limits = await limitsOf(world.store);
  let hasStartedOver = false;
  let futile = 0;
  while (futile < PATIENCE) {
    const batch = await world.store.transaction("write", (tx) => number(tx, limits));
    try {
      const answer = await ask(world, batch);
      const { even, settled } = await takeIn(world, answer, trace);
      if (even) return;
      futile = settled || answer.pull.more ? 0 : futile + 1;
    } catch (error) {
      if (isAboutCursor(error) && !hasStartedOver) {
        hasStartedOver = true;
        await world.store.transaction("write", (tx) => startOver(tx, slugOf(error.problem) === "epoch-changed"));
      } else if (isolate(error, batch)) {
        limits = await narrower(world, batch, limits, error, trace);
      } else throw error;
    }
  }
}

/** All of a page, in this order and in one transaction: it happens, or it is asked for again. */
async function takeIn(world: World, answer: Answer, trace: Trace): Promise<{ even: boolean; settled: boolean }> {
  const now = world.clock();
  return world.store.transaction("write", async (tx) => {
    const before = (await sendable(tx)).length;
    if (answer.push) await fold(tx, answer.push, now, trace);
    await evict(tx, answer.pull.evict, trace);
    await apply(tx, answer.pull.rows, trace);
    await storeCursor(tx, answer.pull, now, trace);
    const left = (await sendable(tx)).length;
    return { even: left === 0 && !answer.pull.more, settled: left < before };
  });
}

async function ask(world: World, mutations: Mutation[]): Promise<Answer> {
  const cursor = await world.store.transaction("read", (tx) => tx.meta<string | null>("cursor"));
  const pull = { cursor: cursor ?? null, schema: CONTRACT.version, ...PAGE };
  if (!mutations.length) {
    const answer = await world.messenger.signed({ method: "POST", path: "/v1/sync/pull", body: pull });
    return { push: null, pull: answer.body as Page };
  }
  const sent_at = new Date(world.clock()).toISOString();
  const push = { device: world.device, sent_at, schema: CONTRACT.version, mutations };
  const answer = await world.messenger.signed({ method: "POST", path: "/v1/sync", body: { push, pull } });
  return answer.body as { push: PushAnswer; pull: Page };
}

async function limitsOf(store: Store): Promise<BatchLimits> {
  const manifest = await store.transaction("read", (tx) => tx.meta<Manifest>("manifest"));
  const { mutations, body_bytes } = manifest?.limits ?? USUAL_LIMITS;
  return { mutations: Math.min(mutations, USUAL_LIMITS.mutations), body_bytes };
}

function isAboutCursor(error: unknown): error is ProblemError {
  return error instanceof ProblemError && (error.problem.remedy === "snapshot" || error.problem.remedy === "pull");
}
