/** Roles ranked for the volunteer of this phone, worked out anew only when something that they hang on has changed. */

import { useMemo } from "preact/hooks";
import { type Roles, rolesFor } from "../../data/roles.ts";
import { today, useList } from "../../ui/context.ts";

/** undefined until the phone has read who the volunteer is. */
export function useRoles(volunteerId: string): Roles | undefined {
  const volunteers = useList("volunteer");
  const [claims, asks, tasks] = [useList("claim"), useList("ask"), useList("task")];
  const [roles, schedules, trainings] = [useList("opportunity"), useList("schedule"), useList("training")];
  const on = today();
  return useMemo(() => {
    const volunteer = volunteers.find(({ id }) => id === volunteerId);
    return volunteer && rolesFor({ volunteer, claims, asks, tasks }, { roles, schedules, trainings }, on);
  }, [volunteers, volunteerId, claims, asks, tasks, roles, schedules, trainings, on]);
}
