/** The gate: shows the lock while there is one, opens the app behind it, and shuts it again. */

import { render } from "preact";
import { App } from "./app.tsx";
import { refreshBaseMap } from "./data/base-map.ts";
import { Database } from "./data/database.ts";
import { sendFiles } from "./data/file-queue.ts";
import { type Kith, openKith } from "./data/kith.ts";
import { noteTaken } from "./data/taken.ts";
import { refreshPack } from "./rank/pack.ts";
import { Locked } from "./screens/safety/locked.tsx";
import { Engine } from "./sync/engine.ts";
import { bringHalfway, keepHalfway } from "./vault/halfway.ts";
import { DEFAULT_MINUTES, LOCK_AFTER, Presence, watchPresence } from "./vault/idle.ts";
import type { SealedStore } from "./vault/store.ts";
import { Vault } from "./vault/vault.ts";

/** By this every window of the app is locked at once. */
const ALL_TABS = "kith-lock";

export async function openGate(root: HTMLElement, database = new Database()): Promise<void> {
  const vault = new Vault(database, { clock: Date.now, gone: () => location.reload() });
  if ((await vault.standing()).is === "over") await vault.erase({ why: "offline" });
  const head = await vault.head();
  if (head === null) return enter(root, vault, await vault.unprotected());
  document.title = "Kith";
  const onOpen = (store: SealedStore): Promise<void> => enter(root, vault, store);
  // A page that was opened anew holds nothing of what was here before.
  render(<Locked vault={vault} head={head} onOpen={onOpen} onErased={() => location.reload()} />, root);
}

async function enter(root: HTMLElement, vault: Vault, store: SealedStore): Promise<void> {
  const kith = await openKith(vault, store);
  const engine = engineFor(kith);
  const kept = (await vault.database.get("settings", LOCK_AFTER))?.value;
  const presence = new Presence(typeof kept === "number" ? kept : DEFAULT_MINUTES, Date.now());
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(ALL_TABS);
  const stops: (() => void)[] = [];
  const shut = async (): Promise<void> => {
    // Until there is a PIN there is nothing to lock with, and nothing on the disk.
    if (!store.isKept) return;
    for (const stop of stops.splice(0)) stop();
    // What is half written is saved, here or by its screen when it goes; only then is the key forgotten.
    const halfway = keepHalfway(kith).catch(() => undefined);
    render(null, root);
    document.title = "Kith";
    await halfway;
    await store.close();
    again(root);
  };
  const lock = (): Promise<void> => {
    channel?.postMessage(null);
    return shut();
  };
  if (channel) channel.onmessage = () => void shut();
  const lockAfter = (minutes: number): void => void (presence.minutes = minutes);
  void bringHalfway(kith);
  render(<App kith={kith} engine={engine} lock={lock} lockAfter={lockAfter} />, root);
  stops.push(engine.start(), () => channel?.close(), watchPresence(presence, () => void shut()));
}

function engineFor(kith: Kith): Engine {
  const engine = new Engine(kith, (report) => {
    // A ranker or a map that does not come now comes with a later sync; meanwhile the kept one serves.
    if (report.evicted.length + report.pulled > 0) void noteTaken(kith, report.evicted).catch(() => undefined);
    if (report.outcome === "done") void refreshPack(kith).then(() => refreshBaseMap(kith)).catch(() => undefined);
    if (report.outcome === "done") void sendFiles(kith).then(() => engine.mark()).catch(() => undefined);
  });
  return engine;
}

/** Begin anew with an empty memory, which only a new page surely has; without a signal or a kept app in this one. */
function again(root: HTMLElement): void {
  if (navigator.serviceWorker?.controller) location.reload();
  else void openGate(root);
}
