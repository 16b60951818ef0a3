/** A community hub: its shelves and what it wishes for. */

import type { AreaProps } from "../areas.ts";
import { NewItem } from "./new-item.tsx";
import { Move } from "./move.tsx";
import { OneItem } from "./item.tsx";
import { Stock } from "./stock.tsx";
import { Wishes } from "./wishes.tsx";

/** stock, stock/new, stock/wishes, stock/ID, stock/ID/in|out|correction. */
export default function Hub({ place }: AreaProps) {
  const [, id, type] = place.parts;
  if (id === undefined) return <Stock />;
  if (id === "new") return <NewItem />;
  if (id === "wishes") return <Wishes />;
  if (type === "in" || type === "out" || type === "correction") return <Move key={`${id} ${type}`} id={id} type={type} />;
  return <OneItem key={id} id={id} />;
}
