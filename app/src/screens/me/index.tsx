/** A volunteer's own pages: details, a break, working time from an employer. */

import type { AreaProps } from "../areas.ts";
import { EditMe } from "./edit.tsx";
import { Leave, LeaveNew } from "./leave.tsx";
import { Me } from "./me.tsx";
import { Pause } from "./pause.tsx";
import { Volunteer } from "./volunteer.tsx";

export default function MeArea({ place }: AreaProps) {
  const [, page, more] = place.parts;
  return (
    <Volunteer>
      {(volunteer) => {
        if (page === "edit") return <EditMe volunteer={volunteer} />;
        if (page === "pause") return <Pause volunteer={volunteer} />;
        if (page === "leave") return more === "new" ? <LeaveNew volunteer={volunteer} /> : <Leave volunteer={volunteer} />;
        return <Me volunteer={volunteer} />;
      }}
    </Volunteer>
  );
}
