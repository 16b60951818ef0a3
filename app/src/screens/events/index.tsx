/** The screens of courses, sessions, registers, notices and team events. */

import type { AreaProps } from "../areas.ts";
import { Course } from "./course.tsx";
import { Events } from "./events.tsx";
import { Notices } from "./notices.tsx";
import { OwnGroup } from "./own.tsx";
import { CallOff } from "./call-off.tsx";
import { Register } from "./register.tsx";
import { TeamEvent } from "./team.tsx";

export default function EventsArea({ place }: AreaProps) {
  const [, page, id = "", more = ""] = place.parts;
  if (page === "course") return <Course key={id} id={id} />;
  if (page === "register") return <Register key={`${id}.${more}`} id={id} on={more} />;
  if (page === "notices") return <Notices />;
  if (page === "group") return <OwnGroup key={id} id={id} />;
  if (page === "off") return <CallOff key={`${id}.${more}`} id={id} on={more} />;
  if (page === "team") return <TeamEvent key={id} id={id} />;
  return <Events />;
}
