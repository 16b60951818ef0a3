/** The volunteers of a centre: how to reach them, their checks and references, and guardians' consents. */

import type { AreaProps } from "../areas.ts";
import { RecordFor } from "../training/record.tsx";
import { Due } from "./due.tsx";
import { Volunteers } from "./list.tsx";
import { AskCheck, OneCheck } from "./check.tsx";
import { NewConsent } from "./consent.tsx";
import { OneVolunteer } from "./volunteer.tsx";

/** volunteers, volunteers/due, volunteers/ID, …/check/CHECK (or new), …/training, …/consent. */
export default function VolunteersArea({ place }: AreaProps) {
  const [, id, page, check] = place.parts;
  if (id === undefined) return <Volunteers />;
  if (id === "due") return <Due />;
  if (page === "check") return check === undefined || check === "new" ? <AskCheck key={id} id={id} /> : <OneCheck key={check} id={check} />;
  if (page === "training") return <RecordFor key={id} volunteerId={id} />;
  if (page === "consent") return <NewConsent key={id} id={id} />;
  return <OneVolunteer key={id} id={id} />;
}
