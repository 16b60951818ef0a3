/** The screens of training: a volunteer's own, and what a centre has to look at. */

import type { AreaProps } from "../areas.ts";
import { Check, CheckList } from "./check.tsx";
import { Record } from "./record.tsx";
import { Training } from "./training.tsx";
import { Trainings } from "./trainings.tsx";

export default function TrainingArea({ place, account }: AreaProps) {
  const [, page, id = ""] = place.parts;
  if (page === "one") return <Training key={id} id={id} />;
  if (page === "done") return <Record key={id} id={id} />;
  if (page === "check") return <Check key={id} id={id} isFromVolunteer={place.query.has("from")} />;
  return account.volunteer_id === null ? <CheckList /> : <Trainings volunteerId={account.volunteer_id} />;
}
