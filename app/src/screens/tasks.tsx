/** Micro-tasks: those near a volunteer, or all that a centre holds. */

import { useState } from "preact/hooks";
import { at } from "../router.ts";
import { type TaskLine, tasksFor } from "../data/tasks.ts";
import { useAccount, useList } from "../ui/context.ts";
import { Page } from "../ui/page.tsx";
import { Button, Row } from "../ui/parts.tsx";
import { spanWords } from "../words/dates.ts";
import { distanceWords } from "../words/distance.ts";
import { capital } from "../words/plain.ts";
import { TASK_STATUS } from "../words/status.ts";

const AT_ONCE = 30;

export function TaskRow({ line }: { readonly line: TaskLine }) {
  const { task, metres, state } = line;
  const far = metres === null ? null : capital(distanceWords(metres));
  const when = capital(spanWords(task.doc.window_from_at, task.doc.window_until_at, new Date()));
  return (
    <Row href={at("tasks", task.id)} name={task.doc.name}>
      {state === "pending" && "Waiting to hear if it is yours. "}
      {state === "mine" && "Yours. "}
      {[far, when, `${task.doc.minutes} minutes`].filter(Boolean).join(" · ")}
    </Row>
  );
}

export function Tasks() {
  const account = useAccount();
  return account.volunteer_id === null ? <CentreTasks /> : <MyTasks volunteerId={account.volunteer_id} />;
}

function MyTasks({ volunteerId }: { readonly volunteerId: string }) {
  const volunteer = useList("volunteer").find((one) => one.id === volunteerId);
  const { mine, open } = tasksFor(volunteer, useList("task"), useList("claim"), new Date());
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <Page title="Tasks near you">
      {mine.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">Your tasks</h2>
          <ul class="kith-list">
            {mine.map((line) => (
              <TaskRow key={line.task.id} line={line} />
            ))}
          </ul>
          <h2 class="nhsuk-heading-m">Open to anyone</h2>
        </>
      )}
      {open.length === 0 && <p>There is nothing open near you just now. New tasks come up all the time.</p>}
      <ul class="kith-list">
        {open.slice(0, shown).map((line) => (
          <TaskRow key={line.task.id} line={line} />
        ))}
      </ul>
      {open.length > shown && (
        <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>
          Show more
        </Button>
      )}
    </Page>
  );
}

function CentreTasks() {
  const tasks = [...useList("task")].sort((a, b) => (a.doc.window_from_at < b.doc.window_from_at ? -1 : 1));
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <Page title="Tasks">
      <ul class="kith-list">
        {tasks.slice(0, shown).map((task) => (
          <Row key={task.id} href={at("tasks", task.id)} name={task.doc.name}>
            {TASK_STATUS[task.doc.status].text} · {capital(spanWords(task.doc.window_from_at, task.doc.window_until_at, new Date()))}
          </Row>
        ))}
      </ul>
      {tasks.length > shown && (
        <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>
          Show more
        </Button>
      )}
    </Page>
  );
}
