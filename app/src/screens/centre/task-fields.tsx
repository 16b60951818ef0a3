/** What a task is asked with: the part that anybody may read, and the part that only who takes it sees. */

import { VOCABULARIES } from "@generated/contract.ts";
import { contactWrong } from "../../logic/contact.ts";
import { ARRANGED, farOff } from "../../logic/days.ts";
import { type TypedTask, wrongTask } from "../../logic/new-task.ts";
import { today } from "../../ui/context.ts";
import { Checkboxes, type Errors, Select, TextArea, TextField } from "../../ui/fields.tsx";
import { Details } from "../../ui/parts.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { ClockInput, DayInput } from "./when-fields.tsx";

interface PartProps {
  readonly typed: TypedTask;
  readonly set: (change: Partial<TypedTask>) => void;
  readonly errors: Errors;
  /** It has a place, which stays if no postcode is typed. */
  readonly hasPlace: boolean;
}

/** What is wrong with it, as a sentence for each field. */
export function wrongWords(typed: TypedTask, hasPlace: boolean): Errors {
  const wrong = Object.entries(wrongTask(typed, new Date(), hasPlace));
  return {
    ...farOff({ on: typed.on }, ARRANGED, today()),
    ...Object.fromEntries(wrong.map(([field, why]) => [field, t(`centre.wrong.${why}`)])),
    ...contactWrong({ phone: typed.phone }),
  };
}

export function TaskFields({ typed, set, errors, hasPlace }: PartProps) {
  return (
    <>
      <Public typed={typed} set={set} errors={errors} hasPlace={hasPlace} />
      <h2 class="nhsuk-heading-m">{t("centre.task.private")}</h2>
      <p class="kith-quiet">{t("centre.task.privateHint")}</p>
      <TextField id="forWhom" label={t("centre.field.forWhom")} value={typed.forWhom} maxLength={120} onChange={(forWhom) => set({ forWhom })} />
      <TextField id="address" label={t("centre.field.address")} value={typed.address} maxLength={300} onChange={(address) => set({ address })} />
      <TextField id="phone" label={t("centre.field.phone")} type="tel" value={typed.phone} maxLength={40} onChange={(phone) => set({ phone })} error={errors["phone"]} />
      <TextArea id="instructions" label={t("centre.field.instructions")} rows={3} maxLength={2000} value={typed.instructions} onChange={(instructions) => set({ instructions })} />
    </>
  );
}

function Public({ typed, set, errors, hasPlace }: PartProps) {
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
      <TextField id="postcode" label={t("centre.field.postcode")} hint={t(hasPlace ? "centre.new.postcodeSame" : "centre.new.postcodeHint")} width={10} maxLength={10} value={typed.postcode} onChange={(postcode) => set({ postcode })} error={errors["postcode"]} />
      <Details summary={t("centre.field.skills")}>
        <Checkboxes id="skills" label={t("centre.new.skills")} options={skills} values={typed.skills} onChange={(codes) => set({ skills: codes })} />
      </Details>
    </>
  );
}
