/** One sync, stage by stage: push, evict, apply, store the cursor, page after page until both sides are even. */

import { apply } from "./apply.ts";
import { ask, askAlone, type Answer, type Asking } from "./asking.ts";
import { startOver, storeCursor } from "./cursor.ts";
import { evict } from "./evict.ts";
import { fold } from "./fold.ts";
import { isolate, narrower } from "./isolate.ts";
import { takeLater } from "./later.ts";
import { isEven, noteEven, takeManifest } from "./manifest.ts";
import type { Messenger } from "./messenger.ts";
import { limitsOf, noteTimeout, number, sendable, widen, type BatchLimits } from "./number.ts";
import type { Clock, Store, Transaction } from "./ports.ts";
import { ProblemError, slugOf } from "./problems.ts";
import type { Trace } from "./report.ts";
import { toBegin } from "./scopes.ts";
import { unpacks } from "./unpack.ts";
import type { Mutation, PushAnswer } from "./wire.ts";

export interface World {
  store: Store;
  messenger: Messenger;
  clock: Clock;
  device: string;
}

/** What a turn left: nothing to send or take; whether some of the outbox was settled, and whether more is to come. */
interface Left {
  even: boolean;
  settled: boolean;
  more: boolean;
}

/** Rounds in which nothing of the outbox was settled, after which the rest waits for the next sync. */
const PATIENCE = 4;

/**
 * The manifest comes first: it tells of scopes that were gained, and a pull begins those at once. When it is unchanged
 * since both sides were even, and nothing waits here, there is nothing to ask: a sync without news is one short request.
 */
export async function round(world: World, trace: Trace): Promise<void> {
  const unchanged = await takeManifest(world, trace);
  if (!(unchanged && (await stillEven(world)))) await noteEven(world, await exchange(world, trace));
  // Not needed to show the first screen, so it comes later; an old page whose files are gone does without.
  const verifying = await import("./verify.ts").catch(() => null);
  if (await verifying?.verify(world, trace)) await exchange(world, trace);
}

/** Gives whether there is nothing to ask, and then notes that all is here as of now. */
function stillEven(world: World): Promise<boolean> {
  return world.store.transaction("write", async (tx) => {
    const even = await isEven(tx);
    if (even) await tx.setMeta("synced_at", new Date(world.clock()).toISOString());
    return even;
  });
}

/** Gives whether both sides are even. */
async function exchange(world: World, trace: Trace): Promise<boolean> {
  let narrowed: BatchLimits | null = null;
  let whole = world.messenger.takesBytes && unpacks(); // an old browser pulls row by row
  let [hasStartedOver, isFirst, futile] = [false, true, 0];
  while (futile < PATIENCE) {
    const { limits, batch, starts } = await world.store.transaction("write", async (tx) => {
      const limits = narrowed ?? (await limitsOf(tx));
      return { limits, batch: await number(tx, limits), starts: whole ? await toBegin(tx) : [] };
    });
    try {
      const asking = { batch, starts, asks: isFirst || batch.length > 0 };
      const { even, settled, more } = await turn(world, asking, futile === 0, trace);
      if (even) return true;
      isFirst = false;
      futile = settled || more ? 0 : futile + 1;
    } catch (error) {
      if (isExpired(error) && whole) whole = false;
      else if (isAboutCursor(error) && !hasStartedOver) {
        hasStartedOver = true;
        await world.store.transaction("write", (tx) => startOver(tx, slugOf(error.problem) === "epoch-changed"));
      } else if (isolate(error, batch)) {
        narrowed = await narrower(world, batch, limits, error, trace);
      } else {
        await noteTimeout(world.store, error, batch.length);
        throw error;
      }
    }
  }
  return false;
}

/** One round trip; before scopes that are long to take, what waits is sent by itself. */
async function turn(world: World, asking: Asking, sendFirst: boolean, trace: Trace): Promise<Left> {
  if (asking.starts.length && asking.batch.length && sendFirst) {
    const push = await askAlone(world, asking.batch);
    const take = (tx: Transaction) => counted(tx, false, () => takeAnswers(tx, push, asking.batch, world, trace));
    return { ...(await world.store.transaction("write", take)), even: false };
  }
  if (asking.starts.length) await (await import("./snapshots.ts").catch(() => null))?.loadSnapshots(world, asking.starts, trace);
  return takeIn(world, await ask(world, asking), asking.batch, trace);
}

/** All of a page, in this order and in one transaction: it happens, or it is asked for again. */
function takeIn(world: World, { push, page, pull }: Answer, batch: Mutation[], trace: Trace): Promise<Left> {
  const now = world.clock();
  return world.store.transaction("write", async (tx) => {
    const left = await counted(tx, page.more, async () => {
      if (push) await takeAnswers(tx, push, batch, world, trace);
      await evict(tx, page.evict, trace);
      await apply(tx, page.rows, now, trace);
      await storeCursor(tx, page, pull, now, trace);
    });
    return { ...left, even: left.even && !page.more };
  });
}

async function takeAnswers(tx: Transaction, push: PushAnswer, batch: Mutation[], world: World, trace: Trace): Promise<void> {
  const now = world.clock();
  await fold(tx, push, now, trace);
  await takeLater(tx, push.later ?? [], now, trace);
  await tx.setMeta("clock_offset_ms", push.clock_offset_ms ?? null);
  if (batch.length) await widen(tx);
}

async function counted(tx: Transaction, more: boolean, work: () => Promise<void>): Promise<Left> {
  const before = (await sendable(tx)).length;
  await work();
  const left = (await sendable(tx)).length;
  return { even: left === 0, settled: left < before, more };
}

/** A snapshot went, or its scope did, between loading it and naming it. */
function isExpired(error: unknown): boolean {
  return error instanceof ProblemError && slugOf(error.problem) === "snapshot-expired";
}

function isAboutCursor(error: unknown): error is ProblemError {
  return error instanceof ProblemError && (error.problem.remedy === "snapshot" || error.problem.remedy === "pull");
}
