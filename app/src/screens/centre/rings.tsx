/** The forms for whoever answers the telephone at a volunteer centre. */

import type { AreaProps } from "../areas.ts";
import { Offer } from "./offer.tsx";
import Phone from "./phone.tsx";

export default function Rings({ place }: AreaProps) {
  return place.parts[1] === "offer" ? <Offer /> : <Phone />;
}
