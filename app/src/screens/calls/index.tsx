/** Calls on somebody's behalf: taken by a hub, handed to a team, taken up by it. */

import type { AreaProps } from "../areas.ts";
import { OneCall } from "./call.tsx";
import { Calls } from "./list.tsx";
import { NewCall } from "./new.tsx";

export default function CallsArea({ place }: AreaProps) {
  const [, id] = place.parts;
  if (id === undefined) return <Calls />;
  return id === "new" ? <NewCall /> : <OneCall key={id} id={id} />;
}
