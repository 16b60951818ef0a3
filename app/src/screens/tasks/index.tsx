/** The screens of micro-tasks. */

import type { AreaProps } from "../areas.ts";
import { Decline } from "./decline.tsx";
import { TaskDone } from "./done.tsx";
import { Late } from "./late.tsx";
import { NearTasks } from "./near.tsx";
import { Release } from "./release.tsx";
import { Task } from "./task.tsx";

export default function TasksArea({ place, account }: AreaProps) {
  const [, id, page] = place.parts;
  if (id === undefined) return <NearTasks volunteerId={account.volunteer_id ?? ""} />;
  if (page === "done") return <TaskDone key={id} id={id} />;
  if (page === "late") return <Late key={id} id={id} />;
  if (page === "back") return <Release key={id} id={id} />;
  if (page === "no") return <Decline key={id} id={id} />;
  return <Task key={id} id={id} />;
}
