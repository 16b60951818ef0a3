/** One micro-task: claim it, hear whether it is yours, see whom it is for, say it is done, or give it back. */

import { useState } from "preact/hooks";
import { label } from "@generated/contract.ts";
import { at, go } from "../router.ts";
import { command } from "../data/write.ts";
import type { Item } from "../data/live.ts";
import { heldTasks, taskLine, type TaskLine } from "../data/tasks.ts";
import { useAccount, useList, useOnce, useOne, useReach } from "../ui/context.ts";
import { ErrorSummary, type Errors, Form, TextField } from "../ui/fields.tsx";
import { NotHere, Page } from "../ui/page.tsx";
import { Button, ButtonLink, type Fact, Facts, Notice } from "../ui/parts.tsx";
import { useAttention } from "../ui/queue.ts";
import { spanWords } from "../words/dates.ts";
import { awayWords } from "../words/distance.ts";
import { commandWords } from "../words/changes.ts";
import { capital, listWords } from "../words/plain.ts";
import { missingWords } from "../words/problems.ts";
import { TASK_STATUS, TASK_WAITING } from "../words/status.ts";

export function Task({ id }: { readonly id: string }) {
  const account = useAccount();
  const task = useOne("task", id);
  const volunteer = useList("volunteer").find((one) => one.id === account.volunteer_id);
  const held = heldTasks(useList("claim"), account.volunteer_id);
  const detail = useList("task_detail").find((one) => one.id === id);
  if (task === undefined) return null;
  if (task === null) return <NotHere what="task" back={at("tasks")} />;
  const line = taskLine(task, volunteer, held, new Date());
  return (
    <Page title={task.doc.name} back={at("tasks")} backText="Tasks">
      <Refused id={id} />
      {account.volunteer_id !== null && <Standing line={line} />}
      {account.volunteer_id !== null && <Doing line={line} />}
      {detail && <Private detail={detail} />}
      {detail && <h2 class="nhsuk-heading-m">The task</h2>}
      <Facts facts={publicFacts(line)} />
    </Page>
  );
}

function publicFacts({ task, metres, lacks, state }: TaskLine): Fact[] {
  const { doc } = task;
  const skills = listWords(doc.skills.map((skill) => label("skill", skill)));
  return [
    { name: "What", value: label("task_type", doc.type) },
    { name: "When", value: capital(spanWords(doc.window_from_at, doc.window_until_at, new Date())) },
    { name: "How long", value: `About ${doc.minutes} minutes` },
    ...(metres === null ? [] : [{ name: "Where", value: capital(awayWords(metres)) }]),
    ...(skills ? [{ name: "Skills", value: skills + (lacks.length > 0 ? ". Not all of these are in your details" : "") }] : []),
    { name: "Status", value: TASK_STATUS[state === "past" ? "expired" : doc.status].text },
  ];
}

function Standing({ line }: { readonly line: TaskLine }) {
  if (line.state === "pending") {
    return (
      <Notice attention>
        <h2 class="nhsuk-heading-s">Waiting to hear</h2>
        <p role="status">Your claim is saved on this phone. When there is a signal you will hear whether the task is yours.</p>
      </Notice>
    );
  }
  if (line.state === "mine") {
    return (
      <Notice>
        <h2 class="nhsuk-heading-s">This task is yours</h2>
        <p role="status">Thank you. You can now see who it is for.</p>
      </Notice>
    );
  }
  return null;
}

/** A claim that somebody else won, told kindly, until it has been seen. */
function Refused({ id }: { readonly id: string }) {
  const { kith } = useReach();
  const refused = useAttention().filter((entry) => entry.kind === "task" && entry.id === id);
  const dismiss = async (): Promise<void> => {
    for (const entry of refused) await kith.client.dismiss(entry.mid);
    kith.live.changed(["task"]);
    go(at("tasks"));
  };
  const last = refused.at(-1);
  if (!last) return null;
  return (
    <Notice attention>
      <h2 class="nhsuk-heading-s">{last.problem.title}</h2>
      {last.problem.detail && <p role="status">{last.problem.detail}</p>}
      {missingWords(last.problem).map((words) => (
        <p key={words}>{words}</p>
      ))}
      <Button look="secondary" onClick={() => void dismiss()}>
        See other tasks
      </Button>
    </Notice>
  );
}

function Private({ detail }: { readonly detail: Item<"task_detail"> }) {
  const { name, address, phone, instructions } = detail.doc;
  const facts: Fact[] = [
    { name: "Who", value: name ?? "Ask your centre" },
    ...(address ? [{ name: "Address", value: <span class="kith-written">{address}</span> }] : []),
    ...(phone ? [{ name: "Phone", value: <a href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</a> }] : []),
    ...(instructions ? [{ name: "What to do", value: <span class="kith-written">{instructions}</span> }] : []),
  ];
  return (
    <>
      <h2 class="nhsuk-heading-m">Private details</h2>
      <p class="kith-quiet">Only the centre and the volunteer who has the task can see these.</p>
      <Facts facts={facts} />
    </>
  );
}

function Doing({ line }: { readonly line: TaskLine }) {
  const reach = useReach();
  const { task, state } = line;
  // What was taken back may be done again: by then the task stands otherwise.
  const once = useOnce(`${state} ${task.commands.length}`);
  const claim = async (): Promise<void> => {
    const mid = await command(reach, "task", task.id, "claim", {}, task.doc.window_until_at);
    reach.say("Claim saved", mid);
    reach.engine.soon(0);
  };
  const release = async (): Promise<void> => {
    reach.say("You have given the task back", await command(reach, "task", task.id, "release"));
  };
  const waiting = task.commands.find((one) => one.name !== "claim")?.name;
  if (waiting) return <p role="status">{TASK_WAITING[waiting] ?? commandWords(waiting)}: this will be sent when there is a signal.</p>;
  if (state === "open") return <Button onClick={() => once(claim)}>Claim this task</Button>;
  if (state === "past") return <p>The time for this task is over.</p>;
  if (state !== "mine") return state === "pending" ? null : <p>This task is {TASK_STATUS[task.doc.status].text.toLowerCase()}.</p>;
  return (
    <div class="kith-buttons">
      <ButtonLink href={at("tasks", task.id, "done")}>It is done</ButtonLink>
      <Button look="secondary" onClick={() => once(release)}>
        Give it back
      </Button>
    </div>
  );
}

export function TaskDone({ id }: { readonly id: string }) {
  const reach = useReach();
  const task = useOne("task", id);
  const [minutes, setMinutes] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (task === undefined) return null;
  if (task === null) return <NotHere what="task" back={at("tasks")} />;
  const save = async (): Promise<boolean> => {
    const number = Number(minutes);
    if (!/^\d+$/.test(minutes.trim()) || number < 1 || number > 1440) {
      setErrors({ minutes: "Enter the minutes as a number from 1 to 1,440" });
      return false;
    }
    const mid = await command(reach, "task", id, "complete", { minutes: number });
    reach.say("Thank you. Saved as done", mid);
    go(at("tasks"));
    return true;
  };
  return (
    <Page title="How long did it take?" caption={task.doc.name} back={at("tasks", id)} failed={"minutes" in errors}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <TextField
          id="minutes" label="Minutes" hint={`It was thought to take about ${task.doc.minutes} minutes.`} width={4} inputMode="numeric"
          value={minutes} onChange={setMinutes} error={errors["minutes"]}
        />
        <Button type="submit">Save</Button>
      </Form>
    </Page>
  );
}
