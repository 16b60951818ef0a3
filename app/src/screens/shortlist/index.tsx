/** The directory, and one group, role or offer of it. */

import type { AreaProps } from "../areas.ts";
import Directory from "./directory.tsx";
import ItemPage from "./item.tsx";

export default function Items({ place }: AreaProps) {
  const [first, kind = "", id = ""] = place.parts;
  if (first === "directory") return <Directory />;
  return <ItemPage key={id} kind={kind} id={id} from={place.query.get("from")} />;
}
