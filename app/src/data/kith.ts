/** The app's one object: the sync client, what it holds, and the phone's own drafts and settings. */

import { SyncClient } from "@contract/sync/index.ts";
import { Database, type Draft } from "./database.ts";
import { Live } from "./live.ts";
import { DexieStore } from "./store.ts";
import { fetchTransport } from "../sync/transport.ts";
import { instantOf } from "../words/dates.ts";

export interface Kith {
  readonly database: Database;
  readonly client: SyncClient;
  readonly live: Live;
}

export async function openKith(database = new Database()): Promise<Kith> {
  const deviceId = await deviceIdOf(database);
  const client = new SyncClient({
    store: new DexieStore(database),
    transport: fetchTransport(),
    clock: Date.now,
    chance: Math.random,
    device: { id: deviceId, name: phoneName(navigator.userAgent), platform: platformOf(navigator.userAgent) },
  });
  return { database, client, live: new Live(client) };
}

/** The id under which this phone is enrolled, which the sync client may have made anew. */
export async function enrolledId({ database }: Kith): Promise<string | null> {
  return ((await database.meta.get("device"))?.value as string | undefined) ?? null;
}

/** An id for this installation; after a wipe it is made anew, as an id never serves two accounts. */
async function deviceIdOf(database: Database): Promise<string> {
  return database.transaction("rw", database.settings, async () => {
    const kept = await database.settings.get("device");
    if (typeof kept?.value === "string") return kept.value;
    const made = `phone-${crypto.randomUUID()}`;
    await database.settings.put({ name: "device", value: made });
    return made;
  });
}

/** Words by which an owner knows a phone again: "Chrome on Android". */
export function phoneName(agent: string): string {
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

export async function saveDraft(kith: Kith, draft: Omit<Draft, "updated_at">): Promise<void> {
  await kith.database.drafts.put({ ...draft, updated_at: instantOf(new Date()) });
  kith.live.changed(["drafts"]);
}

export async function deleteDraft(kith: Kith, id: string): Promise<void> {
  await kith.database.drafts.delete(id);
  kith.live.changed(["drafts"]);
}
