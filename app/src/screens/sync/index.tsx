/** The screens about what is saved, sent and settled, and about the phones of this account. */

import type { AreaProps } from "../areas.ts";
import Conflicts from "./conflicts.tsx";
import Phones, { SignOut } from "./phones.tsx";
import { RoomHere } from "./room.tsx";
import { Conflict } from "./settle.tsx";
import { Sync } from "./sync.tsx";

export default function SyncArea({ place }: AreaProps) {
  const [first, id] = place.parts;
  if (first === "conflicts") return id === undefined ? <Conflicts /> : <Conflict key={id} id={id} />;
  if (first === "phones") return <Phones />;
  if (first === "sign-out") return <SignOut />;
  if (id === "room") return <RoomHere />;
  return <Sync />;
}
