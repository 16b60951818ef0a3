/** Ranking on the volunteers' side: what suits a volunteer, and whom a task suits. */

export { pastOf, taskInputs, volunteerInputs, type OfferedKind, type Past } from "./inputs.ts";
export { parted, withAll, type Candidate, type Parted } from "./parted.ts";
export {
  loadVolunteersPack,
  tasksForVolunteer,
  volunteersForTask,
  VOLUNTEERS,
  type How,
  type Offered,
  type Ranking,
  type Suited,
  type Unsuited,
} from "./rank.ts";
