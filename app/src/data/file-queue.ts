/** Files of records on this phone: kept until the server has them, shown again from here or from there. */

import { FileQueue, fetchFiles, sessionOf } from "@contract/files/index.ts";
import type { Kith } from "./kith.ts";

const queues = new WeakMap<Kith, FileQueue>();

function queueOf(kith: Kith): FileQueue {
  const kept = queues.get(kith);
  if (kept) return kept;
  const isPushed = async (id: string): Promise<boolean> =>
    ((await kith.client.read("attachment", id))?.version ?? 0) > 0 || (await waitingFile(kith, id))?.parted === true;
  const made = new FileQueue({ store: kith.files, network: fetchFiles(), session: sessionOf(kith.client), isPushed, clock: Date.now });
  queues.set(kith, made);
  return made;
}

/** Keep the bytes of an attachment until they have been sent. */
export function keepFile(kith: Kith, id: string, bytes: Uint8Array): Promise<void> {
  return queueOf(kith).add(id, bytes);
}

/** Send what can be sent, and let go of what belongs to nothing on this phone any more. Never throws for the network. */
export async function sendFiles(kith: Kith): Promise<void> {
  if ((await kith.files.all()).length === 0) return;
  await forgetOrphans(kith);
  const { sent, refused } = await queueOf(kith).send();
  await emptyParted(kith);
  if (sent.length + refused.length > 0) kith.live.changed(["attachment"]);
}

/** Let a refused file try again with the next sync. */
export async function retryFile(kith: Kith, id: string): Promise<void> {
  await queueOf(kith).retry(id);
  kith.live.changed(["files"]);
}

/** Let go of a file, as the person has decided. */
export async function discardFile(kith: Kith, id: string): Promise<void> {
  await queueOf(kith).discard(id);
  kith.live.changed(["files"]);
}

/** A file is kept before there is a record of it, which follows at once. */
const RECORD_FOLLOWS_MS = 60_000;

/** A file whose record the person took back goes too. */
async function forgetOrphans(kith: Kith): Promise<void> {
  const refused = new Set((await kith.client.attention()).map(({ id }) => id));
  for (const { id, queued_at, parted } of await kith.files.all()) {
    if (parted || Math.abs(Date.now() - queued_at) < RECORD_FOLLOWS_MS) continue;
    if (!(await kith.client.read("attachment", id)) && !refused.has(id)) await queueOf(kith).discard(id);
  }
}

/**
 * A file whose record went to another team, or was erased, is offered to the server first. If that does not take it, this
 * phone may not hold it either: what stays of it, without its bytes, tells the person.
 */
async function emptyParted(kith: Kith): Promise<void> {
  for (const file of await kith.files.all()) {
    if (file.parted && file.refused && file.bytes.length > 0) await kith.files.put({ ...file, bytes: new Uint8Array() });
  }
}

/** The bytes of an attachment: from this phone while they wait here, else from the server; null without a signal. */
export async function readFile(kith: Kith, id: string): Promise<Uint8Array | null> {
  const waits = await waitingFile(kith, id);
  if (waits) return waits.bytes;
  return kith.client.download(`/v1/files/${encodeURIComponent(id)}`).catch(() => null);
}

/** Is a file of this attachment still on its way? */
export async function waitsHere(kith: Kith, id: string): Promise<boolean> {
  return (await waitingFile(kith, id)) !== undefined;
}

async function waitingFile(kith: Kith, id: string) {
  return (await kith.files.all()).find((file) => file.id === id);
}
