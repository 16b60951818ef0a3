/** The screens of courses, sessions, registers, notices and team events. */

import type { AreaProps } from "../areas.ts";
import { at } from "../../router.ts";
import { Edit } from "../upkeep/edit.tsx";
import { EditTime } from "../upkeep/time.tsx";
import { Lost } from "../../ui/lost.tsx";
import { Course } from "./course.tsx";
import { Events } from "./events.tsx";
import { NewTeam } from "./new-team.tsx";
import { Notices } from "./notices.tsx";
import { EditCourse } from "./edit-course.tsx";
import { OwnGroup } from "./own.tsx";
import { CallOff } from "./call-off.tsx";
import { Register } from "./register.tsx";
import { hasTeams } from "./teams.tsx";
import { TeamEvent } from "./team.tsx";

/** events, events/course/ID (or new), …/edit, events/register/ID/DAY, events/notices, events/group/ID, …/edit, …/time/SCHEDULE (or new), events/off/ID/DAY, events/team/ID (or new). */
export default function EventsArea({ place, account }: AreaProps) {
  const [, page, id = "", more = "", schedule = "new"] = place.parts;
  if (page === "course" && id === "new") return <EditCourse id={null} of={place.query.get("of") ?? ""} />;
  if (page === "course") return more === "edit" ? <EditCourse key={id} id={id} of="" /> : <Course key={id} id={id} />;
  if (page === "register") return <Register key={`${id}.${more}`} id={id} on={more} />;
  if (page === "notices") return <Notices />;
  if (page === "group" && more !== "" && account.asset_ids.includes(id)) return <Kept id={id} page={more} schedule={schedule} />;
  if (page === "group") return <OwnGroup key={id} id={id} />;
  if (page === "off") return <CallOff key={`${id}.${more}`} id={id} on={more} />;
  if (page === "team" && id === "new") return hasTeams(account) ? <NewTeam /> : <Lost />;
  if (page === "team") return <TeamEvent key={id} id={id} />;
  return <Events />;
}

/** What whoever runs a group puts right, on the pages of the directory's keepers. */
function Kept({ id, page, schedule }: { readonly id: string; readonly page: string; readonly schedule: string }) {
  const back = at("events", "group", id);
  if (page === "time") return <EditTime key={`${id} ${schedule}`} kind="asset" id={id} schedule={schedule} back={back} />;
  return <Edit key={id} kind="asset" id={id} back={back} />;
}
