/** Those who asked to volunteer, and how far each is on the way to a role. */

import type { AreaProps } from "../areas.ts";
import { OneEnquiry } from "./enquiry.tsx";
import { Enquiries } from "./list.tsx";
import { NewEnquiry } from "./new.tsx";
import { TakeStep } from "./step.tsx";

/** newcomers, newcomers/new, newcomers/ID, newcomers/ID/step/STEP. */
export default function Newcomers({ place }: AreaProps) {
  const [, id, page, step] = place.parts;
  if (id === undefined) return <Enquiries />;
  if (id === "new") return <NewEnquiry volunteerId={place.query.get("of")} />;
  if (page === "step") return <TakeStep key={`${id} ${step}`} id={id} step={step ?? ""} />;
  return <OneEnquiry key={id} id={id} />;
}
