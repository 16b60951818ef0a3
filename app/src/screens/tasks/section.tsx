/** Some tasks under a heading; nothing where there are none. */

import type { TaskLine } from "../../data/tasks.ts";
import { TaskRow } from "./row.tsx";

export function Section({ title, lines }: { readonly title: string; readonly lines: readonly TaskLine[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{title}</h2>
      <ul class="kith-list">
        {lines.map((line) => (
          <TaskRow key={line.task.id} line={line} />
        ))}
      </ul>
    </>
  );
}
