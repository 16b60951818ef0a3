/** Youth work: sessions, the people met at each counted by age, and what they spoke of. */

import type { AreaProps } from "../areas.ts";
import { SessionAbout } from "./about.tsx";
import { Correct } from "./correct.tsx";
import { Count } from "./count.tsx";
import { SessionList } from "./list.tsx";

export function Sessions({ place }: Pick<AreaProps, "place">) {
  const [, id, page] = place.parts;
  if (id === undefined) return <SessionList />;
  if (id === "new") return <SessionAbout id={null} />;
  if (page === "about") return <SessionAbout key={id} id={id} />;
  if (page === "correct") return <Correct key={id} id={id} />;
  return <Count key={id} id={id} />;
}
