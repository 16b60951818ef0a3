/** The doorstep: rounds, their doors, the survey that is asked there, and what was reported of it. */

import type { AreaProps } from "../areas.ts";
import { ComeBack } from "./come-back.tsx";
import { AfterDoor } from "./after-door.tsx";
import { DoorPage } from "./door.tsx";
import { EditRound, NewRound } from "./edit-round.tsx";
import { Report, Reports } from "./report.tsx";
import { RoundPage } from "./round.tsx";
import { Sessions } from "../sessions/index.tsx";
import { Rounds } from "./rounds.tsx";
import { StretchPage } from "./stretch.tsx";
import { Survey } from "./survey.tsx";

/** rounds/ID (or new), rounds/ID/edit, rounds/ID/from/NUMBER, doors/ID, doors/ID/back, doors/ID/after, doors/ID/survey/PAGE, reports, reports/ID. */
export default function Fieldwork({ place }: AreaProps) {
  const [area, what, id, page, which] = place.parts;
  if (area === "sessions") return <Sessions place={place} />;
  if (what === "reports") return id === undefined ? <Reports /> : <Report key={id} id={id} />;
  if (id === undefined) return <Rounds />;
  if (what === "rounds" && id === "new") return <NewRound />;
  if (what === "rounds" && page === "edit") return <EditRound key={id} id={id} />;
  if (what === "rounds") return page === "from" ? <StretchPage key={id} id={id} from={Number(which)} /> : <RoundPage key={id} id={id} />;
  if (page === "survey") return <Survey key={id} id={id} page={which ?? null} />;
  if (page === "back") return <ComeBack key={id} id={id} />;
  if (page === "after") return <AfterDoor key={id} id={id} />;
  return <DoorPage key={id} id={id} />;
}
