/** The app's one object: the sync client, what it holds, and the phone's own drafts and settings. */

import { SyncClient } from "@contract/sync/index.ts";
import type { Database } from "./database.ts";
import { Live } from "./live.ts";
import { statusOf } from "./unsent.ts";
import { Drafts, type Written } from "./drafts.ts";
import { SealedFiles } from "./files.ts";
import { Kept } from "./kept.ts";
import { Saves } from "./saves.ts";
import type { SealedStore } from "../vault/store.ts";
import type { Vault } from "../vault/vault.ts";
import { Meter } from "../sync/meter.ts";
import { fetchTransport } from "../sync/transport.ts";
import { instantOf } from "../words/dates.ts";

export interface Kith {
  readonly vault: Vault;
  /** What is kept in clear: the ranker, and settings of the phone. Whatever is personal goes into `drafts`, `files`, `kept` or the client. */
  readonly database: Database;
  readonly store: SealedStore;
  readonly drafts: Drafts;
  readonly files: SealedFiles;
  readonly kept: Kept;
  readonly saves: Saves;
  readonly client: SyncClient;
  readonly live: Live;
  /** What goes over the network and comes by it. */
  readonly meter: Meter;
}

export async function openKith(vault: Vault, store: SealedStore): Promise<Kith> {
  const { database } = vault;
  const deviceId = await deviceIdOf(database);
  const meter = new Meter();
  const client = new SyncClient({
    store,
    transport: fetchTransport("", meter),
    clock: Date.now,
    chance: Math.random,
    device: { id: deviceId, name: phoneName(navigator.userAgent), platform: platformOf(navigator.userAgent) },
  });
  const files = new SealedFiles(store);
  const live = new Live(client, () => statusOf({ files, client }));
  const kept = new Kept(store);
  return { vault, database, store, drafts: new Drafts(store), files, kept, saves: new Saves(kept, client, () => live.changed(["saves"])), client, live, meter };
}

/** The id under which this phone is enrolled, which the sync client may have made anew. */
export function enrolledId({ store }: Kith): Promise<string | null> {
  return store.run("read", async (tx) => (await tx.meta<string>("device")) ?? null);
}

/** How many records this phone holds. */
export function countRecords({ store }: Kith): Promise<number> {
  return store.run("read", (tx) => tx.countRecords());
}

/** An id for this installation; after a wipe it is made anew, as an id never serves two accounts. */
async function deviceIdOf(database: Database): Promise<string> {
  return database.transaction("readwrite", ["settings"], async (rows) => {
    const kept = await rows.get("settings", "device");
    if (typeof kept?.value === "string") return kept.value;
    const made = `phone-${crypto.randomUUID()}`;
    await rows.put("settings", { name: "device", value: made });
    return made;
  });
}

/** Words by which an owner knows a phone again: "Chrome on Android". */
function phoneName(agent: string): string {
  const browsers: readonly [RegExp, string][] = [
    [/Edg/, "Edge"], [/SamsungBrowser/, "Samsung Internet"], [/Firefox|FxiOS/, "Firefox"], [/Chrom|CriOS/, "Chrome"], [/Safari/, "Safari"],
  ];
  const browser = browsers.find(([shape]) => shape.test(agent))?.[1] ?? "A browser";
  return `${browser} on ${platformOf(agent)}`;
}

export function platformOf(agent: string): string {
  const systems: readonly [RegExp, string][] = [
    [/Android/, "Android"], [/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Windows/, "Windows"], [/Mac OS/, "a Mac"], [/CrOS/, "a Chromebook"], [/Linux/, "Linux"],
  ];
  return systems.find(([shape]) => shape.test(agent))?.[1] ?? "a device";
}

export async function saveDraft(kith: Kith, draft: Written): Promise<void> {
  await kith.drafts.put({ ...draft, updated_at: instantOf(new Date()) });
  kith.live.changed(["drafts"]);
}

export async function deleteDraft(kith: Kith, id: string): Promise<void> {
  await kith.drafts.delete(id);
  kith.live.changed(["drafts"]);
}
