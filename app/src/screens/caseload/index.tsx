/** The screens about the people whom a team supports. */

import { at } from "../../router.ts";
import type { AreaProps } from "../areas.ts";
import { PersonConsent } from "./consent.tsx";
import { Measure } from "./measure.tsx";
import { AddNote } from "./note.tsx";
import { People } from "./people.tsx";
import PersonEdit from "./person-edit.tsx";
import { Person } from "./person.tsx";
import { Wellbeing } from "./wellbeing.tsx";

export default function Caseload({ place }: AreaProps) {
  const [, id, page] = place.parts;
  if (id === undefined) return <People />;
  if (page === "edit") return <PersonEdit key={id} id={id} from={place.query.get("from")} />;
  if (page === "note") return <AddNote key={id} personId={id} back={at("people", id)} />;
  if (page === "measure") return <Measure key={id} personId={id} />;
  if (page === "wellbeing") return <Wellbeing key={id} personId={id} />;
  if (page === "consent") return <PersonConsent key={id} personId={id} />;
  return <Person key={id} id={id} />;
}
