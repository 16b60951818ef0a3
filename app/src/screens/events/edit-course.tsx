/** A course of a group: begun by whoever keeps the group, and changed afterwards; how many places it has above all. */

import { useState } from "preact/hooks";
import type { CourseDoc } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { create, patch } from "../../data/write.ts";
import { farOff, LASTING } from "../../logic/days.ts";
import { keepsGroup, sessionDays } from "../../logic/events.ts";
import { isWhole } from "../../logic/numbers.ts";
import { scheduleWords } from "../../logic/session.ts";
import { at, go, goInstead } from "../../router.ts";
import { today, useAccount, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, Select, TextArea, TextField } from "../../ui/fields.tsx";
import { useOpened } from "../../ui/opened.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { DayInput } from "../centre/when-fields.tsx";

interface EditCourseProps {
  /** Null for a new one. */
  readonly id: string | null;
  /** The group of a new one. */
  readonly of: string;
}

export function EditCourse({ id, of }: EditCourseProps) {
  const account = useAccount();
  const [courses, assets, schedules] = [useLoaded("course"), useLoaded("asset"), useLoaded("schedule")];
  if (!courses || !assets || !schedules) return null;
  const course = courses.find((one) => one.id === id) ?? null;
  const asset = assets.find((one) => one.id === (course?.doc.asset_id ?? of));
  if (!asset || (id !== null && course === null) || !keepsGroup(account, asset.id)) return <Gone kind="course" back={at("events")} />;
  return <Editor course={course} asset={asset} times={schedules.filter(({ doc }) => doc.item_id === asset.id)} />;
}

const STATES = ["open", "closed", "cancelled"] as const;
const MOST_PLACES = 1000;

interface Typed {
  readonly name: string;
  readonly description: string;
  readonly places: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly enrol_until_on: string;
  /** Its times, by their id; empty for none. */
  readonly schedule_id: string;
  readonly status: CourseDoc["status"];
}

function typedOf(doc: CourseDoc | undefined, schedule_id: string): Typed {
  if (!doc) return { name: "", description: "", places: "", starts_on: "", ends_on: "", enrol_until_on: "", schedule_id, status: "open" };
  const { name, description, places, starts_on, ends_on, enrol_until_on, status } = doc;
  return { name, description: description ?? "", places: String(places), starts_on, ends_on: ends_on ?? "", enrol_until_on: enrol_until_on ?? "", schedule_id: doc.schedule_id ?? "", status };
}

interface EditorProps {
  readonly course: Item<"course"> | null;
  readonly asset: Item<"asset">;
  readonly times: readonly Item<"schedule">[];
}

function Editor({ course, asset, times }: EditorProps) {
  const reach = useReach();
  const account = useAccount();
  const seen = useOpened(course);
  const [start] = useState<Typed>(() => typedOf(course?.doc, times[0]?.id ?? ""));
  const [typed, setTyped] = useState<Typed>(start);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<Typed>): void => setTyped((before) => ({ ...before, ...change }));
  const own = account.asset_ids.includes(asset.id) ? at("events", "group", asset.id) : at("upkeep", "asset", asset.id);
  const back = course ? at("events", "course", course.id) : own;
  const save = async (): Promise<boolean> => {
    const wrong = wrongIn(typed, start);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const fields = { ...fieldsOf(typed), ...daysOf(start, typed, times) };
    if (course) {
      reach.say(t("events.edit.saved"), await patch(reach, "course", course.id, fields, seen));
      go(back);
    } else {
      const made = await create(reach, "course", { ...fields, asset_id: asset.id, district: asset.doc.district });
      reach.say(t("events.edit.saved"), await reach.midsOf(made));
      goInstead(at("events", "course", made));
    }
    return true;
  };
  return (
    <Page title={t(course ? "events.edit.change" : "events.edit.add")} caption={asset.doc.name} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)} seen={seen}>
        <TextField id="name" label={t("events.edit.name")} value={typed.name} maxLength={200} onChange={(name) => set({ name })} error={errors["name"]} />
        <TextField id="places" label={t("events.edit.places")} hint={course ? t("events.edit.placesHint") : undefined} inputMode="numeric" width={4} maxLength={4} value={typed.places} onChange={(places) => set({ places })} error={errors["places"]} />
        <DayInput id="starts_on" label={t("events.course.from")} value={typed.starts_on} onChange={(starts_on) => set({ starts_on })} error={errors["starts_on"]} />
        <DayInput id="ends_on" label={t("events.course.until")} hint={t("events.edit.endsHint")} value={typed.ends_on} onChange={(ends_on) => set({ ends_on })} error={errors["ends_on"]} />
        {times.length > 0 && <Select id="schedule" label={t("events.edit.times")} options={[...times.map(({ id, doc }) => ({ value: id, label: scheduleWords(doc, today()) })), { value: "", label: t("events.edit.otherTimes") }]} value={typed.schedule_id} onChange={(schedule_id) => set({ schedule_id })} />}
        <DayInput id="enrol_until_on" label={t("events.course.enrolUntil")} hint={t("events.edit.enrolHint")} value={typed.enrol_until_on} onChange={(enrol_until_on) => set({ enrol_until_on })} error={errors["enrol_until_on"]} />
        <TextArea id="description" label={t("upkeep.field.description")} rows={4} maxLength={4000} value={typed.description} onChange={(description) => set({ description })} />
        {course && <Radios id="status" label={t("events.edit.state")} options={STATES.map((value) => ({ value, label: t(`events.edit.states.${value}`) }))} value={typed.status} onChange={(status) => set({ status: status as Typed["status"] })} />}
        <Button type="submit">{t("upkeep.save")}</Button>
      </Form>
    </Page>
  );
}

function wrongIn({ name, places, starts_on, ends_on, enrol_until_on }: Typed, before: Typed): Errors {
  const { starts_on: began, ends_on: ended, enrol_until_on: enrolled } = before;
  return {
    ...farOff({ starts_on, ends_on, enrol_until_on }, LASTING, today(), { starts_on: began, ends_on: ended, enrol_until_on: enrolled }),
    ...(name.trim() ? {} : { name: t("upkeep.wrong.name") }),
    ...(isWhole(places, 1, MOST_PLACES) ? {} : { places: t("events.edit.wrong.places") }),
    ...(starts_on ? {} : { starts_on: t("events.edit.wrong.starts") }),
    ...(ends_on && ends_on < starts_on ? { ends_on: t("events.edit.wrong.ends") } : {}),
  };
}

function fieldsOf({ name, description, places, starts_on, ends_on, enrol_until_on, schedule_id, status }: Typed) {
  return {
    name: name.trim(), description: description.trim() || null, places: Number(places), starts_on, ends_on: ends_on || null,
    enrol_until_on: enrol_until_on || null, schedule_id: schedule_id || null, status,
  };
}

/** Its days follow its times. Days that were chosen one by one stay, unless when it is has changed. */
function daysOf(start: Typed, typed: Typed, times: EditorProps["times"]): { sessions_on?: string[] } {
  const when = ({ starts_on, ends_on, schedule_id }: Typed): string => `${starts_on} ${ends_on} ${schedule_id}`;
  if (when(start) === when(typed)) return {};
  const schedule = times.find(({ id }) => id === typed.schedule_id);
  return { sessions_on: schedule && typed.ends_on ? sessionDays(schedule, typed.starts_on, typed.ends_on) : [] };
}
