/** What organisations and employers ask of a centre: roles to publish, days of teams. */

import type { AreaProps } from "../areas.ts";
import { Requests } from "./list.tsx";
import { NewRole } from "./new-role.tsx";
import { OneRole } from "./role.tsx";

/** requests, requests/new, requests/role/ID. A team's day is at events/team/ID, as for its employer. */
export default function RequestsArea({ place }: AreaProps) {
  const [, what, id] = place.parts;
  if (what === "new") return <NewRole />;
  if (id === undefined) return <Requests />;
  return <OneRole key={id} id={id} />;
}
