/** The directory as its keepers see it: groups, services and roles, when each was checked, and how to put one right. */

import { at } from "../../router.ts";
import type { AreaProps } from "../areas.ts";
import { Edit } from "./edit.tsx";
import { Directory } from "./list.tsx";
import { Entry } from "./entry.tsx";
import { EditTime } from "./time.tsx";

/** upkeep, upkeep/asset/ID, …/edit, …/time/SCHEDULE (or new). */
export default function DirectoryArea({ place }: AreaProps) {
  const [, kind, id, page, schedule] = place.parts;
  if (id === undefined || (kind !== "asset" && kind !== "opportunity")) return <Directory />;
  if (page === "edit") return <Edit key={id} kind={kind} id={id} back={at("upkeep", kind, id)} />;
  if (page === "time") return <EditTime key={`${id} ${schedule}`} kind={kind} id={id} schedule={schedule ?? "new"} back={at("upkeep", kind, id)} />;
  return <Entry key={id} kind={kind} id={id} />;
}
