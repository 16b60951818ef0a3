/** What a volunteer has given: this month, this year, month by month, and a card to share. */

import type { AreaProps } from "../areas.ts";
import { MyImpact } from "./impact.tsx";

export default function ImpactArea({ account }: AreaProps) {
  return <MyImpact volunteerId={account.volunteer_id ?? ""} />;
}
