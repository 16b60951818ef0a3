/** Push: send what was changed in the tables, and mark what the server took. */

import type { Database } from "@nozbe/watermelondb";
import type { SyncTableChangeSet } from "@nozbe/watermelondb/sync";
import { fetchLocalChanges } from "@nozbe/watermelondb/sync/impl/index.js";
import type { Clock } from "../../typescript/sync/ports.ts";
import type { Answered, Deed, Outbox } from "../shared/outbox.ts";
import type { Refusals } from "../shared/refused.ts";
import type { Report } from "../shared/report.ts";
import { deedOf, isRefused, taken, type Kept } from "./rows.ts";
import { bringBack, deletedRows, find, kindsOf, prepareRow, rawOfModel } from "./tables.ts";

export interface PushWorld {
  database: Database;
  outbox: Outbox;
  refusals: Refusals;
  clock: Clock;
}

/** Sends what a cut left over, then what has changed since. Throws OfflineError, ProblemError. */
export async function push(world: PushWorld, report: Report): Promise<void> {
  const settle = (answered: Answered[]) => take(world, answered, report);
  await world.outbox.deliver(settle);
  const deeds = await unsent(world);
  const idle = deeds.filter(({ op, set }) => op === "patch" && !Object.keys(set).length);
  await world.database.write(() => markAsSent(world.database, idle), "kith: nothing changed after all");
  await world.outbox.add(deeds.filter((deed) => !idle.includes(deed)));
  await world.outbox.deliver(settle);
}

/** The changes that wait in the tables, new records first, without those that the server has refused as they are. */
async function unsent(world: PushWorld): Promise<Deed[]> {
  const { database, refusals } = world;
  const changes = (await fetchLocalChanges(database)).changes as { [table: string]: SyncTableChangeSet };
  const refused = await refusals.all();
  const deeds: Deed[] = [];
  for (const kind of kindsOf(database)) {
    const { created, updated } = changes[kind] ?? { created: [], updated: [] };
    const rows = [...created, ...updated, ...(await deletions(world, kind))] as Kept[];
    deeds.push(...rows.map((row) => deedOf(kind, row)));
  }
  return deeds.filter((deed) => !isRefused(deed, refused));
}

/**
 * The deleted rows whose deletion the server must hear of. What it never got just goes; what it keeps for later is deleted
 * when it has become a record.
 */
async function deletions({ database, outbox }: PushWorld, kind: string): Promise<Kept[]> {
  const rows: Kept[] = [];
  for (const row of await deletedRows(database, kind)) {
    const had = row.kith_version ? { version: row.kith_version, isWaiting: false } : await outbox.accepted(kind, row.id);
    if (had && !had.isWaiting) rows.push({ ...row, kith_version: had.version });
    if (!had) await database.write(() => database.adapter.destroyDeletedRecords(kind, [row.id]), "kith: deleted before it was sent");
  }
  return rows;
}

/** Takes answers in; with the same answers a second time nothing changes. */
async function take({ database, refusals, clock }: PushWorld, answered: Answered[], report: Report): Promise<void> {
  const accepted = answered.filter(({ result }) => result.outcome !== "rejected");
  const refused = await refusals.take(answered, clock());
  await database.write(async () => {
    const edits = accepted.filter(({ entry }) => entry.op === "create" || entry.op === "patch");
    for (const [kind, some] of byKind(edits)) await takeEdits(database, kind, some);
    for (const [kind, some] of byKind(accepted.filter(({ entry }) => entry.op === "delete"))) {
      await database.adapter.destroyDeletedRecords(kind, some.map(({ entry }) => entry.id));
    }
    for (const one of answered.filter(({ entry, result }) => entry.op === "delete" && result.outcome === "rejected")) await restore(database, one);
    for (const { kind, id } of refused.filter(({ op }) => op === "create")) await keepAsNew(database, kind, id);
  }, "kith: what the server took");
  report.take(answered, refused);
}

async function takeEdits(database: Database, kind: string, answered: Answered[]): Promise<void> {
  if (!kindsOf(database).includes(kind)) return;
  const answers = new Map(answered.map((one) => [one.entry.id, one]));
  const models = await find(database, kind, [...answers.keys()]);
  await database.batch(...models.map((model) => prepareRow(model, taken(kind, rawOfModel(model), answers.get(model.id)!))));
}

async function markAsSent(database: Database, deeds: Deed[]): Promise<void> {
  for (const { kind, id } of deeds) {
    const [model] = await find(database, kind, [id]);
    const row = model && rawOfModel(model);
    const isIdle = row && row._status === "updated" && !Object.keys(deedOf(kind, row).set).length;
    if (isIdle) await database.batch(prepareRow(model, { ...row, _status: "synced", _changed: "" }));
  }
}

/** Brings back what the server does not let go; what it does not have is gone. */
async function restore(database: Database, { entry: { kind, id, base } }: Answered): Promise<void> {
  const row = (await deletedRows(database, kind)).find((one) => one.id === id);
  const version = row?.kith_version || base;
  if (row && version) await bringBack(database, kind, { ...row, kith_version: version });
  else if (row) await database.adapter.destroyDeletedRecords(kind, [id]);
}

/** A new record that waited for another in vain is this device's alone again. */
async function keepAsNew(database: Database, kind: string, id: string): Promise<void> {
  const [model] = await find(database, kind, [id]);
  const row = model && rawOfModel(model);
  if (row?._status === "synced" && !row.kith_version) await database.batch(prepareRow(model!, { ...row, _status: "created" }));
}

function byKind(answered: Answered[]): Map<string, Answered[]> {
  const groups = new Map<string, Answered[]>();
  for (const one of answered) groups.set(one.entry.kind, [...(groups.get(one.entry.kind) ?? []), one]);
  return groups;
}
