/** Draws what needs the volunteer's own record, once it has been read. */

import type { ComponentChildren } from "preact";
import type { Item } from "../../data/live.ts";
import { at } from "../../router.ts";
import { useAccount, useOne } from "../../ui/context.ts";
import { Gone } from "../../ui/standing.tsx";

export function Volunteer({ children }: { readonly children: (volunteer: Item<"volunteer">) => ComponentChildren }) {
  const volunteer = useOne("volunteer", useAccount().volunteer_id ?? "");
  if (volunteer === undefined) return null;
  return volunteer === null ? <Gone kind="volunteer" back={at()} /> : <>{children(volunteer)}</>;
}
