/** A new task, often while somebody is on the telephone: what anybody may read, and what only who takes it sees. */

import { useEffect, useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import { useTyped } from "../../data/typed.ts";
import { findPlace } from "../../data/places.ts";
import { create } from "../../data/write.ts";
import { contactWrong } from "../../logic/contact.ts";
import { againFrom, NO_TASK, privatePart, publicPart, type TypedTask, wrongTask } from "../../logic/new-task.ts";
import { readPostcode } from "../../logic/postcode.ts";
import { at, go } from "../../router.ts";
import { useAccount, useOne, useOnce, useReach } from "../../ui/context.ts";
import { Checkboxes, type Errors, ErrorSummary, Form, Select, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Details } from "../../ui/parts.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { ClockInput, DayInput } from "./when-fields.tsx";

export function NewTask({ again }: { readonly again: string | null }) {
  const task = useOne("task", again ?? "");
  const detail = useOne("task_detail", again ?? "");
  if (again !== null && (task === undefined || detail === undefined)) return null;
  return <Editor id={`task:${again ?? "new"}`} start={task ? againFrom(task.doc, detail?.doc) : NO_TASK} />;
}

function Editor({ id, start }: { readonly id: string; readonly start: TypedTask }) {
  const reach = useReach();
  const account = useAccount();
  const { typed, set, forget } = useTyped(id, start);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  useEffect(() => setErrors({}), [id]);
  if (!typed) return null;
  const save = async (): Promise<boolean> => {
    const wrong = Object.entries(wrongTask(typed, new Date()));
    const postcode = readPostcode(typed.postcode);
    const errors: Errors = {
      ...Object.fromEntries(wrong.map(([field, why]) => [field, t(`centre.wrong.${why}`)])),
      ...(typed.postcode.trim() && !postcode ? { postcode: t("centre.wrong.postcode") } : {}),
      ...contactWrong({ phone: typed.phone }),
    };
    setErrors(errors);
    if (Object.keys(errors).length > 0) return false;
    const place = postcode ? await findPlace(reach.kith, postcode, account.districts) : null;
    const [centreId = ""] = account.centre_ids;
    const made = await create(reach, "task", publicPart(typed, centreId, place, account.districts[0] ?? null));
    await create(reach, "task_detail", privatePart(typed, centreId, made), made);
    await forget();
    go(at("centre", made));
    reach.say(t("centre.new.saved"), [...(await reach.midsOf(made))]);
    return true;
  };
  return (
    <Page title={t("centre.new.title")} back={at("centre")} backText={t("centre.tasks.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Public typed={typed} set={set} errors={errors} />
        <h2 class="nhsuk-heading-m">{t("centre.task.private")}</h2>
        <p class="kith-quiet">{t("centre.task.privateHint")}</p>
        <TextField id="forWhom" label={t("centre.field.forWhom")} value={typed.forWhom} maxLength={120} onChange={(forWhom) => set({ forWhom })} />
        <TextField id="address" label={t("centre.field.address")} value={typed.address} maxLength={300} onChange={(address) => set({ address })} />
        <TextField id="phone" label={t("centre.field.phone")} type="tel" value={typed.phone} maxLength={40} onChange={(phone) => set({ phone })} error={errors["phone"]} />
        <TextArea id="instructions" label={t("centre.field.instructions")} rows={3} maxLength={2000} value={typed.instructions} onChange={(instructions) => set({ instructions })} />
        <Button type="submit">{t("centre.new.save")}</Button>
      </Form>
      <p class="kith-quiet">{t("centre.new.kept")}</p>
    </Page>
  );
}

interface PartProps {
  readonly typed: TypedTask;
  readonly set: (change: Partial<TypedTask>) => void;
  readonly errors: Errors;
}

function Public({ typed, set, errors }: PartProps) {
  const types = [{ value: "", label: t("centre.new.choose") }, ...Object.keys(VOCABULARIES.task_type).map((value) => ({ value, label: label("task_type", value as never) }))];
  const skills = Object.keys(VOCABULARIES.skill).map((value) => ({ value, label: label("skill", value as never) }));
  return (
    <>
      <Select id="type" label={t("centre.field.type")} options={types} value={typed.type} onChange={(type) => set({ type })} error={errors["type"]} />
      <TextField id="name" label={t("centre.field.name")} hint={t("centre.new.nameHint")} value={typed.name} onChange={(name) => set({ name })} error={errors["name"]} />
      <DayInput id="on" label={t("centre.field.day")} value={typed.on} onChange={(on) => set({ on })} error={errors["on"]} />
      <div class="kith-two">
        <ClockInput id="from" label={t("centre.field.from")} value={typed.from} onChange={(from) => set({ from })} error={errors["from"]} />
        <ClockInput id="until" label={t("centre.field.until")} value={typed.until} onChange={(until) => set({ until })} error={errors["until"]} />
      </div>
      <TextField id="minutes" label={t("centre.field.minutesLong")} inputMode="numeric" width={4} maxLength={4} value={typed.minutes} onChange={(minutes) => set({ minutes })} error={errors["minutes"]} />
      <TextField id="postcode" label={t("centre.field.postcode")} hint={t("centre.new.postcodeHint")} width={10} maxLength={10} value={typed.postcode} onChange={(postcode) => set({ postcode })} error={errors["postcode"]} />
      <Details summary={t("centre.field.skills")}>
        <Checkboxes id="skills" label={t("centre.new.skills")} options={skills} values={typed.skills} onChange={(codes) => set({ skills: codes })} />
      </Details>
    </>
  );
}
