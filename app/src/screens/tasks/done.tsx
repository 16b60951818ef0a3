/** Say that a task is done, how long it took, and a word to the centre. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useList, useOnce, useReach } from "../../ui/context.ts";
import { ErrorSummary, type Errors, Form, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Notice } from "../../ui/parts.tsx";
import { dayOf, dayWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { Yours } from "./yours.tsx";

const MOST = 1440;
const STEP = 5;
const LINE = 300;

export function TaskDone({ id }: { readonly id: string }) {
  return <Yours id={id}>{({ task }) => <Done task={task} />}</Yours>;
}

function Done({ task }: { readonly task: Item<"task"> }) {
  const reach = useReach();
  const once = useOnce();
  const [minutes, setMinutes] = useState(String(task.doc.minutes));
  const [line, setLine] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const credited = useCredits(task.doc.centre_id);
  const day = dayOf(new Date(task.doc.window_from_at));
  const isEarly = day > today();
  const step = (by: number): void => setMinutes(String(Math.min(MOST, Math.max(STEP, (Number(minutes) || 0) + by))));
  const save = async (): Promise<boolean> => {
    if (!isMinutes(minutes)) {
      setErrors({ minutes: t("tasks.done.wrong") });
      return false;
    }
    const said = line.trim() ? { line: line.trim() } : {};
    const mid = await command(reach, "task", task.id, "complete", { minutes: Number(minutes), ...said });
    reach.say(t("tasks.done.said"), mid);
    reach.engine.soon(0);
    go(at("tasks", task.id));
    return true;
  };
  return (
    <Page title={t("tasks.done.title")} caption={task.doc.name} back={at("tasks", task.id)} failed={"minutes" in errors}>
      <ErrorSummary errors={errors} />
      {isEarly && <Notice attention><p>{t("tasks.done.early", { day: dayWords(day, today()) })}</p></Notice>}
      <Form onSubmit={() => once(save)}>
        <TextField
          id="minutes" label={t("tasks.done.minutes")} hint={t("tasks.done.hint", { count: task.doc.minutes })} width={4} inputMode="numeric"
          value={minutes} onChange={setMinutes} error={errors["minutes"]}
        />
        <div class="kith-steps">
          <Button look="secondary" onClick={() => step(-STEP)}>{t("tasks.done.less", { count: STEP })}</Button>
          <Button look="secondary" onClick={() => step(STEP)}>{t("tasks.done.more", { count: STEP })}</Button>
        </div>
        <TextArea id="line" label={t("tasks.done.line")} hint={t("tasks.done.lineHint")} rows={2} maxLength={LINE} value={line} onChange={setLine} />
        {credited && <p>{t("tasks.done.credited", { bank: credited })}</p>}
        <Button type="submit">{t(isEarly ? "tasks.done.earlySave" : "tasks.done.save")}</Button>
      </Form>
    </Page>
  );
}

function isMinutes(typed: string): boolean {
  const number = Number(typed);
  return /^\d+$/.test(typed.trim()) && number >= 1 && number <= MOST;
}

/** The name of the time bank into which tasks of a centre go for this volunteer; null where they go into none. */
function useCredits(centreId: string): string | null {
  const { volunteer_id } = useAccount();
  const banks = useList("bank");
  const own = useList("account").filter(({ doc }) => doc.owner_kind === "volunteer" && doc.owner_id === volunteer_id && doc.status === "open");
  const bank = banks.find(({ id, doc }) => doc.credits_tasks && doc.centre_id === centreId && doc.status === "open" && own.some((one) => one.doc.bank_id === id));
  return bank?.doc.name ?? null;
}
