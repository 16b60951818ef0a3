/** When something is on: put a time right, add one, or call one day off. */

import { useState } from "preact/hooks";
import { type Draft as NewDoc, type ScheduleDoc, VOCABULARIES } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { create, patch } from "../../data/write.ts";
import { changesOf } from "../../logic/changed.ts";
import { farOff, RUNNING } from "../../logic/days.ts";
import { isBackwards } from "../../logic/session.ts";
import { go } from "../../router.ts";
import { today, useList, useLoaded, useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Select } from "../../ui/fields.tsx";
import { useOpened } from "../../ui/opened.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { ClockInput, DayInput } from "../centre/when-fields.tsx";
import { CallOff } from "./call-off.tsx";
import type { EntryItem, EntryKind } from "./entry.tsx";

interface EditTimeProps {
  readonly kind: EntryKind;
  readonly id: string;
  /** Its id, or "new". */
  readonly schedule: string;
  readonly back: string;
}

export function EditTime({ kind, id, schedule, back }: EditTimeProps) {
  const item = useOne(kind, id) as EntryItem | null | undefined;
  const schedules = useLoaded("schedule");
  if (item === undefined || schedules === undefined) return null;
  const found = schedules.find((one) => one.id === schedule) ?? null;
  if (item === null || (found === null && schedule !== "new")) return <Gone kind="schedule" back={back} />;
  return <Editor item={item} schedule={found} back={back} />;
}

const FREQUENCIES = ["weekly", "monthly", "once"] as const;

interface Typed {
  readonly frequency: ScheduleDoc["frequency"];
  readonly weekday: string;
  readonly week_of_month: string;
  readonly on: string;
  readonly from_time: string;
  readonly until_time: string;
  readonly ends_on: string;
}

function typedOf(doc: ScheduleDoc | undefined): Typed {
  return {
    frequency: doc?.frequency ?? "weekly", weekday: doc?.weekday ?? "mon", week_of_month: String(doc?.week_of_month ?? 1), on: doc?.on ?? "",
    from_time: doc?.from_time ?? "", until_time: doc?.until_time ?? "", ends_on: doc?.ends_on ?? "",
  };
}

/** What does not belong to how often it is goes, so that nothing of the former is left. A rule is changed on a computer. */
function fieldsOf(typed: Typed): Partial<ScheduleDoc> {
  const { frequency, from_time, until_time } = typed;
  const times = { from_time, until_time, ends_on: typed.ends_on || null };
  if (frequency === "rule") return times;
  return {
    ...times, frequency,
    weekday: frequency === "once" ? null : (typed.weekday as ScheduleDoc["weekday"]),
    week_of_month: frequency === "monthly" ? Number(typed.week_of_month) : null,
    on: frequency === "once" ? typed.on : null,
  };
}

/** What stood so before is left alone, though nobody would type it today. */
function wrongIn({ frequency, on, from_time, until_time, ends_on }: Typed, before: Typed): Errors {
  const isOnce = frequency === "once";
  const days = isOnce ? { on } : { ends_on };
  return {
    ...(isOnce && on !== before.on && on < today() ? { on: t("centre.wrong.past") } : {}),
    ...farOff(days, RUNNING, today(), isOnce ? { on: before.on } : { ends_on: before.ends_on }),
    ...(isOnce && !on ? { on: t("centre.wrong.on") } : {}),
    ...(from_time ? {} : { from_time: t("centre.wrong.time") }),
    ...(from_time && until_time && isBackwards(from_time, until_time) ? { until_time: t("centre.wrong.order") } : {}),
    ...(until_time ? {} : { until_time: t("centre.wrong.time") }),
  };
}

interface EditorProps {
  readonly item: EntryItem;
  readonly schedule: Item<"schedule"> | null;
  readonly back: string;
}

function Editor({ item, schedule, back }: EditorProps) {
  const reach = useReach();
  const seen = useOpened(schedule);
  const theirs = useList("schedule").filter(({ doc }) => doc.item_id === item.id);
  const [typed, setTyped] = useState<Typed>(() => typedOf(schedule?.doc));
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<Typed>): void => setTyped((before) => ({ ...before, ...change }));
  const save = async (): Promise<boolean> => {
    const fields = fieldsOf(typed);
    const isThere = !schedule && theirs.some(({ doc }) => Object.keys(changesOf<object>(doc, { ...doc, ...fields })).length === 0);
    const wrong = { ...(isThere ? { from_time: t("upkeep.isThere") } : {}), ...wrongIn(typed, typedOf(schedule?.doc)) };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    if (schedule) reach.say(t("upkeep.timeSaved"), await patch(reach, "schedule", schedule.id, fields, seen));
    else await create(reach, "schedule", { ...fields, item_kind: item.kind, item_id: item.id, district: item.doc.district } as NewDoc<"schedule">);
    go(back);
    return true;
  };
  return (
    <Page title={t(schedule ? "upkeep.editTime" : "upkeep.addTime")} caption={item.doc.name} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)} seen={seen}>
        {typed.frequency === "rule" ? <p>{t("upkeep.rule")}</p> : <Days typed={typed} set={set} errors={errors} />}
        <div class="kith-two">
          <ClockInput id="from_time" label={t("centre.field.from")} value={typed.from_time} onChange={(from_time) => set({ from_time })} error={errors["from_time"]} />
          <ClockInput id="until_time" label={t("centre.field.until")} value={typed.until_time} onChange={(until_time) => set({ until_time })} error={errors["until_time"]} />
        </div>
        {typed.frequency !== "once" && <DayInput id="ends_on" label={t("upkeep.field.lastDay")} hint={t("upkeep.lastDayHint")} value={typed.ends_on} onChange={(ends_on) => set({ ends_on })} error={errors["ends_on"]} />}
        <Button type="submit">{t("upkeep.save")}</Button>
      </Form>
      {schedule && <CallOff schedule={schedule} />}
    </Page>
  );
}

interface DaysProps {
  readonly typed: Typed;
  readonly set: (change: Partial<Typed>) => void;
  readonly errors: Errors;
}

function Days({ typed, set, errors }: DaysProps) {
  const days = Object.keys(VOCABULARIES.weekday).map((value) => ({ value, label: label("weekday", value as never) }));
  const weeks = [1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: t(`upkeep.week.${n as 1}`) }));
  return (
    <>
      <Select id="frequency" label={t("upkeep.field.often")} options={FREQUENCIES.map((value) => ({ value, label: t(`upkeep.often.${value}`) }))} value={typed.frequency} onChange={(value) => set({ frequency: value as Typed["frequency"] })} />
      {typed.frequency === "monthly" && <Select id="week_of_month" label={t("upkeep.field.week")} options={weeks} value={typed.week_of_month} onChange={(week_of_month) => set({ week_of_month })} />}
      {typed.frequency === "once"
        ? <DayInput id="on" label={t("centre.field.day")} value={typed.on} onChange={(on) => set({ on })} error={errors["on"]} />
        : <Select id="weekday" label={t("centre.field.day")} options={days} value={typed.weekday} onChange={(weekday) => set({ weekday })} />}
    </>
  );
}
