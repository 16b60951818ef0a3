/** What may ask for trainings: the tasks and roles that this phone holds. */

import { useMemo } from "preact/hooks";
import type { Gated } from "../logic/trainings.ts";
import { useList } from "../ui/context.ts";

export function useGated(): readonly Gated[] {
  const [tasks, roles] = [useList("task"), useList("opportunity")];
  return useMemo(() => [...tasks, ...roles].filter(({ doc }) => doc.training.length > 0), [tasks, roles]);
}
