/**
 * A phone without room: what can be fetched again makes way for what somebody wrote, and if that is not enough, they are told
 * before they leave what they were writing.
 */

import type { Database } from "../data/database.ts";
import { isNoRoom } from "../logic/room.ts";
import { Told } from "./told.ts";

/** A write has failed for want of room, and none has been made since. */
export const noRoom = new Told(false);

const RESERVE = "reserve";
/** Values of this size are files of their own to a browser, so that giving one up makes room at once. */
const RESERVE_PIECE = 65_536;
const RESERVE_PIECES = 8;

/** Put some room aside while there is plenty, in bytes that do not pack. It is given up when a write needs it. */
export async function keepReserve(database: Database): Promise<void> {
  if (noRoom.value || (await database.get("settings", RESERVE))) return;
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota - usage < 20 * RESERVE_PIECE * RESERVE_PIECES) return;
  const value = Array.from({ length: RESERVE_PIECES }, () => crypto.getRandomValues(new Uint8Array(RESERVE_PIECE)));
  await database.put("settings", { name: RESERVE, value });
}

/** Let go of what can be fetched again: the reserve and the ranker. False when that failed, too. */
export async function makeRoom(database: Database): Promise<boolean> {
  try {
    await database.delete("settings", RESERVE);
    await database.clear("packs");
    return true;
  } catch {
    return false;
  }
}

/** Whether there is room for as much as somebody may write on a page. */
export async function takesMore(database: Database): Promise<boolean> {
  try {
    await database.put("settings", { name: RESERVE, value: [crypto.getRandomValues(new Uint8Array(RESERVE_PIECE))] });
    await database.delete("settings", RESERVE);
    return true;
  } catch {
    return false;
  }
}

/** Write; when there is no room, make some and write once more. Throws what the second try throws. */
export async function withRoom<T>(database: Database, write: () => Promise<T>): Promise<T> {
  try {
    return await made(write);
  } catch (error) {
    if (!isNoRoom(error)) throw error;
    await makeRoom(database);
  }
  try {
    return await made(write);
  } catch (error) {
    if (isNoRoom(error)) noRoom.tell(true);
    throw error;
  }
}

async function made<T>(write: () => Promise<T>): Promise<T> {
  const done = await write();
  noRoom.tell(false);
  return done;
}
