/** Roles that suit a volunteer, what came of those that they asked about, and how to leave one. */

import type { AreaProps } from "../areas.ts";
import { LeaveRole } from "./leave.tsx";
import { Role } from "./role.tsx";
import { Roles } from "./roles.tsx";

export default function RolesArea({ place, account }: AreaProps) {
  const [, id, page] = place.parts;
  if (id === undefined) return <Roles volunteerId={account.volunteer_id ?? ""} />;
  return page === "leave" ? <LeaveRole key={id} id={id} /> : <Role key={id} id={id} />;
}
