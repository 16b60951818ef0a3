/**
 * Begin: take scopes whole, as snapshots that the server has packed. What has arrived is kept, so that a signal that
 * breaks off costs nothing; the pull that follows names the snapshots and goes on from there.
 *
 * Until that pull's cursor is stored, nothing vouches for what was loaded: `takeAgain` undoes it.
 */

import { CONTRACT } from "../../generated/contract.ts";
import { apply } from "./apply.ts";
import { OfflineError, ProblemError } from "./problems.ts";
import type { Trace } from "./report.ts";
import type { World } from "./round.ts";
import { giveUp, loadings, type Loading } from "./scopes.ts";
import type { Manifest, Offer, Row, Session } from "./wire.ts";
import { linesOf, sha256Of } from "./unpack.ts";

/** Bytes kept at a time while a snapshot arrives, and records taken in at a time. */
const PIECE_BYTES = 32 * 1024;
const SLICE_ROWS = 200;
/** The longest list of scopes that an address may carry. */
const LONGEST_LIST = 8_000;

/** Takes a snapshot of each of these scopes that has one. Throws OfflineError when the signal breaks off; then go on later. */
export async function loadSnapshots(world: World, scopes: string[], trace: Trace): Promise<void> {
  for (const loading of await offersFor(world, scopes)) {
    if (loading.loaded) continue;
    try {
      await fetchWhole(world, loading);
      await load(world, loading, trace);
    } catch (error) {
      if (!(error instanceof UselessError) && !isGone(error)) throw error;
      await world.store.transaction("write", (tx) => giveUp(tx, [loading]));
    }
  }
}

/** What is on its way already, and what the server offers for the rest. */
async function offersFor(world: World, scopes: string[]): Promise<Loading[]> {
  const before = await world.store.transaction("write", async (tx) => {
    await giveUp(tx, (await loadings(tx)).filter(({ scope }) => !scopes.includes(scope)));
    return loadings(tx);
  });
  const missing = scopes.filter((scope) => before.every((loading) => loading.scope !== scope));
  if (!missing.length) return before;
  const offers = await offered(world, missing);
  return world.store.transaction("write", async (tx) => {
    const all = [...before, ...offers.map((offer) => ({ ...offer, loaded: false }))];
    await tx.setMeta("loading", all);
    return all;
  });
}

async function offered(world: World, scopes: string[]): Promise<Offer[]> {
  const list = encodeURIComponent(scopes.join(","));
  const path = `/v1/sync/snapshots${list.length > LONGEST_LIST ? "" : `?scopes=${list}`}`;
  try {
    const { snapshots } = (await world.messenger.signed({ method: "GET", path })).body as { snapshots: Offer[] };
    return snapshots.filter(({ scope, schema }) => scopes.includes(scope) && schema <= CONTRACT.version);
  } catch (error) {
    if (isGone(error)) return []; // a server that has none
    throw error;
  }
}

/** Takes the rest of a snapshot, again and again while each try brings something. */
async function fetchWhole(world: World, { sha256, bytes }: Loading): Promise<void> {
  for (let at = await arrived(world, sha256); at < bytes; ) {
    try {
      await fetchRest(world, sha256, at);
    } catch (error) {
      if (error instanceof ProblemError || (await arrived(world, sha256)) <= at) throw error;
    }
    const now = await arrived(world, sha256);
    if (now === at) throw new OfflineError("a snapshot ended early");
    at = now;
  }
  const whole = await sha256Of(await partsOf(world, sha256));
  if (whole !== sha256) throw new UselessError("a snapshot is not what its name says");
}

async function fetchRest(world: World, sha256: string, at: number): Promise<void> {
  const headers: { [name: string]: string } = at ? { range: `bytes=${at}-`, "if-range": `"${sha256}"` } : {};
  const answer = await world.messenger.bytes({ method: "GET", path: `/v1/sync/snapshots/${sha256}`, headers });
  if ((answer.status === 206) !== at > 0) throw new UselessError(`a snapshot answers ${answer.status}`);
  let waiting: Uint8Array[] = [];
  let end = at;
  const keep = async (): Promise<void> => {
    const bytes = joined(waiting);
    if (bytes.length) await world.store.transaction("write", (tx) => tx.putPart({ sha256, at: end, bytes }));
    [waiting, end] = [[], end + bytes.length];
  };
  try {
    for await (const piece of answer.pieces) {
      waiting.push(piece);
      if (waiting.reduce((sum, one) => sum + one.length, 0) >= PIECE_BYTES) await keep();
    }
  } finally {
    await keep();
  }
}

/** Takes the records in, some at a time; a phone that dies here begins this part again, which does no harm. */
async function load(world: World, loading: Loading, trace: Trace): Promise<void> {
  let header: { [name: string]: unknown } | null = null;
  let slice: Row[] = [];
  let rows = 0;
  const take = (): Promise<void> => world.store.transaction("write", (tx) => apply(tx, slice, world.clock(), trace));
  for await (const line of linesOf(await partsOf(world, loading.sha256))) {
    if (!header) {
      header = JSON.parse(line) as { [name: string]: unknown };
      await check(world, loading, header);
      continue;
    }
    rows += slice.push(JSON.parse(line) as Row) && 1;
    if (slice.length < SLICE_ROWS) continue;
    await take();
    slice = [];
  }
  await take();
  if (rows !== header?.["rows"]) throw new UselessError("a snapshot lacks records");
  await world.store.transaction("write", async (tx) => {
    const all = await loadings(tx);
    await tx.setMeta("loading", all.map((one) => (one.sha256 === loading.sha256 ? { ...one, loaded: true } : one)));
    await tx.deleteParts(loading.sha256);
  });
}

async function check(world: World, { scope, epoch }: Loading, header: { [name: string]: unknown }): Promise<void> {
  const [tenant, manifest] = await world.store.transaction("read", async (tx) => [
    (await tx.meta<Session>("session"))?.tenant, await tx.meta<Manifest>("manifest"),
  ] as const);
  const expected = { tenant, scope, epoch: manifest?.epoch ?? epoch };
  for (const [name, value] of Object.entries(expected)) {
    if (header[name] !== value) throw new UselessError(`a snapshot is of another ${name}`);
  }
}

async function arrived(world: World, sha256: string): Promise<number> {
  return (await partsOf(world, sha256)).reduce((sum, part) => sum + part.length, 0);
}

async function partsOf(world: World, sha256: string): Promise<Uint8Array[]> {
  return (await world.store.transaction("read", (tx) => tx.parts(sha256))).map(({ bytes }) => bytes);
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function isGone(error: unknown): boolean {
  return error instanceof ProblemError && [404, 405, 410, 416].includes(error.problem.status);
}

/** This snapshot cannot be used; the scope is pulled row by row. */
class UselessError extends Error {}
