/** A change that makes the server refuse a whole push is found by halving, so that it never blocks the others. */

import { refuse } from "./fold.ts";
import { renumber, sendable, type BatchLimits } from "./number.ts";
import { ProblemError, slugOf } from "./problems.ts";
import type { Trace } from "./report.ts";
import type { World } from "./round.ts";
import type { Mutation } from "./wire.ts";

/** Whether the refusal is about what is in `batch`, not about the request around it. */
export function isolate(error: unknown, batch: Mutation[]): error is ProblemError {
  if (!(error instanceof ProblemError) || !batch.length) return false;
  const { status, errors } = error.problem;
  return status === 413 || slugOf(error.problem) === "malformed-json" || (status === 422 && JSON.stringify(errors ?? {}).includes('"mutations"'));
}

/** Halves the batch; when it is a single change, puts that before the person. Gives the limits to go on with. */
export async function narrower(
  world: World, batch: Mutation[], limits: BatchLimits, error: ProblemError, trace: Trace,
): Promise<BatchLimits> {
  if (batch.length > 1) return { ...limits, mutations: Math.ceil(batch.length / 2) };
  await world.store.transaction("write", async (tx) => {
    const poison = (await sendable(tx)).find((entry) => entry.mid === batch[0]!.mid);
    if (poison) await refuse(tx, poison, error.problem, world.clock(), trace);
    await renumber(tx, batch[0]!.lseq - 1);
  });
  return limits;
}
