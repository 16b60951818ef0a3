/** Tasks as a volunteer centre looks after them. */

import type { AreaProps } from "../areas.ts";
import { EditTask } from "./edit-task.tsx";
import { NewTask } from "./new-task.tsx";
import { OneTask } from "./task.tsx";
import { CentreTasks } from "./tasks.tsx";

/** centre, centre/new (from a task with ?again=ID), centre/ID, centre/ID/edit. */
export default function Centre({ place }: AreaProps) {
  const [, id, page] = place.parts;
  if (id === undefined) return <CentreTasks />;
  if (id === "new") return <NewTask again={place.query.get("again")} />;
  if (page === "edit") return <EditTask key={id} id={id} />;
  return <OneTask key={id} id={id} />;
}
