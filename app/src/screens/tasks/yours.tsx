/** What only whoever has a task can say of it; anybody else is told how it stands, also who comes back to a form by an old address. */

import type { ComponentChildren } from "preact";
import { liner, type TaskLine } from "../../data/tasks.ts";
import { at } from "../../router.ts";
import { useAccount, useLoaded, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { endingOf } from "./doing.tsx";
import { useHeld, useNow } from "./held.ts";

interface YoursProps {
  readonly id: string;
  readonly children: (line: TaskLine) => ComponentChildren;
}

export function Yours({ id, children }: YoursProps) {
  const held = useHeld(useAccount().volunteer_id);
  const now = useNow();
  const claims = useLoaded("claim");
  const task = useOne("task", id);
  if (task === undefined || claims === undefined) return null;
  if (task === null) return <Gone kind="task" back={at("tasks")} />;
  const line = liner(held, now)(task);
  const ending = endingOf(task);
  if (line.state === "mine" && ending === null) return <>{children(line)}</>;
  const isDone = line.claim?.doc.status === "done";
  return (
    <Page title={t(isDone || ending ? "tasks.notYours.said" : "tasks.notYours.title")} caption={task.doc.name} back={at("tasks", id)} backText={t("tasks.theTask")}>
      <p>{ending ?? t(isDone ? "tasks.notYours.done" : "tasks.notYours.text")}</p>
    </Page>
  );
}
