/** Pull: one page a time, as WatermelonDB wants it, and what must go once the page is in. */

import type { Database, Model } from "@nozbe/watermelondb";
import type { SyncPullArgs, SyncPullResult, SyncTableChangeSet } from "@nozbe/watermelondb/sync";
import { CONTRACT } from "../../generated/contract.ts";
import { ProblemError, slugOf } from "../../typescript/sync/problems.ts";
import type { Page, Row } from "../../typescript/sync/wire.ts";
import type { Door } from "../shared/door.ts";
import { goesWith, isHeld } from "../shared/held.ts";
import type { Outbox } from "../shared/outbox.ts";
import type { Refusals } from "../shared/refused.ts";
import type { Report } from "../shared/report.ts";
import { docOf } from "./columns.ts";
import { deedOf, isRefused, rowOf, type Kept } from "./rows.ts";
import { find, kindsOf, rawOfModel } from "./tables.ts";

export interface PullWorld {
  database: Database;
  door: Door;
  outbox: Outbox;
  refusals: Refusals;
  /** Pushes at once. */
  send(): Promise<void>;
}

/** Where the feed was left, by WatermelonDB's number of the pull. Kept before the rows, so that a crash asks for them again. */
interface Place {
  cursor: string | null;
  /** Counts how often everything was taken from the beginning; rows that such a taking does not bring must go. */
  generation: number;
  taking: boolean;
  more: boolean;
  go: Going;
  /** Scopes that stay away because this device is full. */
  away?: string[];
}

/** What is to be dropped: everything of `lost` scopes, `gone` records, and, after a full taking, what it did not bring. */
interface Going {
  lost: string[];
  gone: Row[];
  sweep: boolean;
}

const NOTHING: Going = { lost: [], gone: [], sweep: false };
const PAGE = { schema: CONTRACT.version, limit: 1_000, max_bytes: 1024 * 1024 };

/** WatermelonDB's `pullChanges`. Throws OfflineError, ProblemError. */
export async function pullChanges(world: PullWorld, args: SyncPullArgs, report: Report): Promise<SyncPullResult> {
  const last = args.lastPulledAt ?? 0;
  const place = isNewTable(args) ? again(await placeAt(world, last)) : await placeAt(world, last);
  const { page, from } = await take(world, place);
  const gone = page.rows.filter(({ op }) => op !== "put");
  const taking = from.taking && page.more;
  const { lost, gone: undone, sweep } = place.go; // rows that waited for an answer
  const go = { lost: [...lost, ...page.evict], gone: [...undone, ...gone], sweep: sweep || (from.taking && !page.more) };
  const next: Place = { cursor: page.cursor, generation: from.generation, taking, more: page.more, go, away: page.budget?.refused ?? [] };
  await world.door.keep.set("places", { [last]: place, [last + 1]: next });
  report.hold(page.budget);
  report.pulled += page.rows.length;
  report.evicted.push(...page.evict);
  return { changes: changesOf(world.database, page.rows, from.generation), timestamp: last + 1 };
}

/** Whether the feed goes on after the pull with this number. */
export async function isMore(world: PullWorld, pulledAt: number): Promise<boolean> {
  return (await placeAt(world, pulledAt)).more;
}

/** Makes the next pull take everything from the beginning. */
export async function startOver(world: PullWorld, pulledAt: number): Promise<void> {
  await world.door.keep.set("places", { [pulledAt]: again(await placeAt(world, pulledAt)) });
}

/**
 * Drops what the pull with this number said must go. Rows with edits that the server has not judged stay, to be sent
 * first; gives whether there are any.
 */
export async function drop(world: PullWorld, pulledAt: number): Promise<boolean> {
  const place = await placeAt(world, pulledAt);
  if (!place.go.lost.length && !place.go.gone.length && !place.go.sweep) return false;
  const granted = (await world.door.keep.get<string[]>("held")) ?? [];
  const held = new Set(granted.filter((scope) => !place.away?.includes(scope)));
  const refused = await world.refusals.all();
  const isUnjudged = (model: Model): boolean => model.syncStatus !== "synced" && !isRefused(deedOf(model.table, rawOfModel(model)), refused);
  const gone = (await goners(world.database, place, held)).filter((model) => !isUnjudged(model));
  for (const kind of new Set(gone.map(({ table }) => table))) { // before they go: who dies in between finds them again
    await world.outbox.forget(kind, gone.filter(({ table }) => table === kind).map(({ id }) => id));
  }
  const isLeft = await world.database.write(async () => {
    const models = await goners(world.database, place, held);
    await world.database.batch(...models.filter((model) => !isUnjudged(model)).map((model) => model.prepareDestroyPermanently()));
    return models.some(isUnjudged);
  }, "kith: what this device no longer holds");
  if (!isLeft) await world.door.keep.set("places", { [pulledAt]: { ...place, go: NOTHING } });
  return isLeft;
}

async function goners(database: Database, { go, generation }: Place, held: ReadonlySet<string>): Promise<Model[]> {
  const found: Model[] = [];
  for (const kind of kindsOf(database)) {
    const rows = new Map(go.gone.filter(({ k }) => k === kind).map((row) => [row.i, row]));
    const some = go.lost.length || go.sweep ? await database.get(kind).query().fetch() : await find(database, kind, [...rows.keys()]);
    found.push(...some.filter((model) => goes(kind, rawOfModel(model), rows.get(model.id))));
  }
  return found;

  function goes(kind: string, row: Kept, gone: Row | undefined): boolean {
    if (gone && row.kith_version <= gone.v && (gone.op === "del" || row.kith_version < gone.v || !isHeld(kind, row.id, docOf(kind, row), held))) return true;
    if (go.sweep && row.kith_version > 0 && row.kith_taken < generation) return true;
    return go.lost.length > 0 && goesWith(kind, row.id, docOf(kind, row), go.lost, held);
  }
}

/** A cursor that no longer counts is given up; the outbox is not: it was sent before, and goes again after a restore. */
async function take(world: PullWorld, place: Place): Promise<{ page: Page; from: Place }> {
  try {
    const page = await world.door.post<Page>("/v1/sync/pull", { cursor: place.cursor, ...PAGE });
    if (place.cursor !== null || !(await world.outbox.hasLost(page.acked_lseq))) return { page, from: place };
    await world.outbox.sendAgain(); // who has no cursor hears of no new epoch
    await world.send();
    return { page: await world.door.post<Page>("/v1/sync/pull", { cursor: null, ...PAGE }), from: place };
  } catch (error) {
    if (!(error instanceof ProblemError) || !["snapshot", "pull"].includes(error.problem.remedy)) throw error;
    if (slugOf(error.problem) === "epoch-changed") await world.outbox.sendAgain();
    await world.send();
    const from = again(place);
    return { page: await world.door.post<Page>("/v1/sync/pull", { cursor: null, ...PAGE }), from };
  }
}

function again(place: Place): Place {
  return { ...place, cursor: null, generation: place.generation + 1, taking: true };
}

async function placeAt(world: PullWorld, pulledAt: number): Promise<Place> {
  const places = (await world.door.keep.get<{ [at: number]: Place }>("places")) ?? {};
  return places[pulledAt] ?? { cursor: null, generation: 1, taking: pulledAt > 0, more: true, go: NOTHING };
}

function changesOf(database: Database, rows: Row[], generation: number): { [table: string]: SyncTableChangeSet } {
  const changes: { [table: string]: SyncTableChangeSet } = {};
  for (const kind of kindsOf(database)) {
    const updated = rows.filter(({ k, op }) => k === kind && op === "put").map((row) => rowOf(kind, row, generation));
    if (updated.length) changes[kind] = { created: [], updated, deleted: [] };
  }
  return changes;
}

/** Tables or columns that a migration has just made are empty until everything is taken again. */
function isNewTable({ migration }: SyncPullArgs): boolean {
  return Boolean(migration && (migration.tables.length || migration.columns.length));
}
