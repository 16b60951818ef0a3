/** A door with its round, as all its pages need it. */

import { type RoundSeen, useRound } from "../../data/fieldwork.ts";
import type { Door } from "../../logic/doorstep.ts";
import { useOne } from "../../ui/context.ts";

export interface AtDoor extends RoundSeen {
  readonly door: Door;
  /** Its place among the doors of the round. */
  readonly place: number;
}

/** Undefined before the first reading, null when the phone holds no such door. */
export function useDoor(id: string): AtDoor | null | undefined {
  const household = useOne("household", id);
  const seen = useRound(household?.doc.round_id ?? "");
  if (household === undefined || (household !== null && seen === undefined)) return undefined;
  const place = seen?.doors.findIndex((door) => door.id === id) ?? -1;
  const door = seen?.doors[place];
  return seen && door ? { ...seen, door, place } : null;
}
