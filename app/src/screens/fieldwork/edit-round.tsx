/** Make a round, or change one: its name, the survey, who goes and when, and its doors, which can only become more. */

import { useState } from "preact/hooks";
import type { RoundDoc } from "@generated/contract.ts";
import { type RoundSeen, useRound } from "../../data/fieldwork.ts";
import type { Item } from "../../data/live.ts";
import { addDoors, placesOf, surveysNow } from "../../data/rounds.ts";
import { useTyped } from "../../data/typed.ts";
import { create, patch } from "../../data/write.ts";
import { farOff, LASTING } from "../../logic/days.ts";
import { namesIn } from "../../logic/names.ts";
import { doorsIn, readStreets } from "../../logic/street-list.ts";
import { goInstead } from "../../router.ts";
import { today, useAccount, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Select, TextArea, TextField } from "../../ui/fields.tsx";
import type { Opened } from "../../ui/opened.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { listWords } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { DayInput } from "../centre/when-fields.tsx";
import { toRound, toRounds } from "./places.ts";

export function NewRound() {
  const surveys = useLoaded("survey");
  return surveys ? <Editor seen={null} surveys={surveysNow(surveys)} /> : null;
}

export function EditRound({ id }: { readonly id: string }) {
  const seen = useRound(id);
  const surveys = useLoaded("survey");
  if (seen === undefined || surveys === undefined) return null;
  // A survey that was replaced is asked to the end of a round that began with it.
  const offered = seen === null ? [] : [...new Set([...surveysNow(surveys), ...surveys.filter((one) => one.id === seen.round.doc.survey_id)])];
  return seen === null ? <Gone kind="round" back={toRounds()} /> : <Editor seen={seen} surveys={offered} />;
}

interface Typed {
  readonly name: string;
  readonly survey_id: string;
  readonly workers: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly streets: string;
  /** The round as it stood when this was begun; null for a new one. */
  readonly opened: Opened<RoundDoc> | null;
}

function typedOf({ version, doc }: Partial<Opened<RoundDoc>>, name: string): Typed {
  const opened = version === undefined || !doc ? null : { version, doc };
  return { opened, name: doc?.name ?? "", survey_id: doc?.survey_id ?? "", workers: doc?.workers.join(", ") ?? name, starts_on: doc?.starts_on ?? today(), ends_on: doc?.ends_on ?? "", streets: "" };
}

/** As many at once as fill an afternoon's outbox and no more; a longer list is put in by parts. */
const MOST_DOORS = 500;
const LONGEST_LIST = 20_000;

interface EditorProps {
  readonly seen: RoundSeen | null;
  readonly surveys: readonly Item<"survey">[];
}

function Editor({ seen, surveys }: EditorProps) {
  const reach = useReach();
  const account = useAccount();
  const { typed, set, forget } = useTyped<Typed>(`round:${seen?.round.id ?? "new"}`, typedOf(seen?.round ?? {}, account.name));
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (!typed) return null;
  const back = seen ? toRound(seen.round.id) : toRounds();
  const lines = readStreets(typed.streets);
  const save = async (): Promise<boolean> => {
    const places = await placesOf(reach, lines, account.districts);
    const unknown = [...places].filter(([, place]) => place === null).map(([text]) => text);
    const wrong = { ...wrongIn(typed, doorsIn(lines), seen?.round.doc), ...(unknown.length > 0 ? { streets: t("fieldwork.make.wrong.postcode", { postcodes: listWords(unknown) }) } : {}) };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const [district] = [...[...places.values()].map((place) => place?.district), ...account.districts];
    const id = seen ? await changed(seen.round) : await create(reach, "round", { team_id: account.team_ids[0] ?? "", district: district ?? null, ...fieldsOf(typed), status: typed.starts_on > today() ? "planned" : "open" });
    const team_id = seen?.round.doc.team_id ?? account.team_ids[0] ?? "";
    await addDoors(reach, { id, team_id }, lines, places, seen?.doors.at(-1)?.number ?? 0);
    await forget();
    reach.say(t("fieldwork.make.saved"));
    goInstead(toRound(id));
    return true;
  };
  const changed = async ({ id }: Item<"round">): Promise<string> => {
    await patch(reach, "round", id, fieldsOf(typed), typed.opened ?? undefined);
    return id;
  };
  const options = [...surveys.map(({ id, doc }) => ({ value: id, label: doc.title })), { value: "", label: t("fieldwork.make.noSurvey") }];
  return (
    <Page title={t(seen ? "fieldwork.make.change" : "fieldwork.make.new")} caption={seen?.round.doc.name} back={back} backText={seen ? undefined : t("fieldwork.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <TextField id="name" label={t("fieldwork.make.name")} hint={t("fieldwork.make.nameHint")} maxLength={120} value={typed.name} onChange={(name) => set({ name })} error={errors["name"]} />
        <TextArea id="streets" label={t(seen ? "fieldwork.make.more" : "fieldwork.make.streets")} hint={t("fieldwork.make.streetsHint")} maxLength={LONGEST_LIST} value={typed.streets} onChange={(streets) => set({ streets })} error={errors["streets"]} />
        <p role="status">{lines.length > 0 && t("fieldwork.make.count", { count: doorsIn(lines) })}</p>
        <p class="kith-quiet">{t("fieldwork.make.private")}</p>
        <Select id="survey" label={t("fieldwork.round.survey")} options={options} value={typed.survey_id} onChange={(survey_id) => set({ survey_id })} />
        <TextField id="workers" label={t("fieldwork.round.workers")} hint={t("sessions.workersHint")} value={typed.workers} onChange={(workers) => set({ workers })} />
        <DayInput id="starts_on" label={t("fieldwork.make.starts")} value={typed.starts_on} onChange={(starts_on) => set({ starts_on })} error={errors["starts_on"]} />
        <DayInput id="ends_on" label={t("fieldwork.round.ends")} value={typed.ends_on} onChange={(ends_on) => set({ ends_on })} error={errors["ends_on"]} />
        <Button type="submit">{t("fieldwork.make.save")}</Button>
      </Form>
      <p class="kith-quiet">{t("centre.new.kept")}</p>
    </Page>
  );
}

function wrongIn({ name, starts_on, ends_on }: Typed, doors: number, before: RoundDoc | undefined): Errors {
  return {
    ...farOff({ starts_on, ends_on }, LASTING, today(), { starts_on: before?.starts_on ?? null, ends_on: before?.ends_on ?? null }),
    ...(name.trim() ? {} : { name: t("fieldwork.make.wrong.name") }),
    ...(doors > MOST_DOORS ? { streets: t("fieldwork.make.wrong.many", { most: MOST_DOORS }) } : {}),
    ...(ends_on && ends_on < starts_on ? { ends_on: t("fieldwork.make.wrong.ends") } : {}),
  };
}

function fieldsOf({ name, survey_id, workers, starts_on, ends_on }: Typed) {
  return {
    name: name.trim(), survey_id: survey_id || null, workers: namesIn(workers),
    starts_on: starts_on || null, ends_on: ends_on || null,
  };
}
