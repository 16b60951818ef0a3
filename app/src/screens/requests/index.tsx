/** What organisations and employers ask of a centre: roles to publish, days of teams. */

import type { AreaProps } from "../areas.ts";
import { Requests } from "./list.tsx";
import { NewRole } from "./new-role.tsx";
import { OneEvent } from "./event.tsx";
import { OneRole } from "./role.tsx";

/** requests, requests/new, requests/role/ID, requests/team/ID. */
export default function RequestsArea({ place }: AreaProps) {
  const [, what, id] = place.parts;
  if (what === "new") return <NewRole />;
  if (id === undefined) return <Requests />;
  return what === "team" ? <OneEvent key={id} id={id} /> : <OneRole key={id} id={id} />;
}
