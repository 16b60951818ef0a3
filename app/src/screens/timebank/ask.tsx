/** Ask for help: what everybody may read, without a name, and a line for the bank alone. */

import { useState } from "preact/hooks";
import { uuid7 } from "@contract/sync/index.ts";
import { type Member, useMember } from "../../data/bank.ts";
import { useTyped } from "../../data/typed.ts";
import { command } from "../../data/write.ts";
import { overBy } from "../../logic/timebank.ts";
import { at, go } from "../../router.ts";
import { useAccount, useList, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { ErrorSummary, type Errors, Form, SlotTable, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";
import { Category, Length } from "./fields.tsx";

export function Ask({ from }: { readonly from: string | null }) {
  const member = useMember();
  const requests = useLoaded("time_request");
  const details = useLoaded("request_detail");
  if (!member || requests === undefined || details === undefined) return null;
  const old = requests.find(({ id }) => id === from)?.doc;
  const note = details.find(({ id }) => id === from)?.doc.note ?? "";
  const start = { title: old?.name ?? "", category: old?.category ?? "", minutes: old?.minutes ?? 60, availability: old?.availability ?? [], note };
  return <AskForm member={member} name={old && from ? from : "new"} start={start} />;
}

interface Wanted {
  readonly title: string;
  readonly category: string;
  readonly minutes: number;
  readonly availability: readonly string[];
  readonly note: string;
}

interface FormProps {
  readonly member: Member;
  /** Of what is half written. */
  readonly name: string;
  readonly start: Wanted;
}

function AskForm({ member, name, start }: FormProps) {
  const reach = useReach();
  const me = useAccount();
  const district = useList("volunteer").find(({ id }) => id === me.volunteer_id)?.doc.district;
  const { typed: wanted, set, forget } = useTyped(`bank-ask:${name}`, start);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (!wanted) return null;
  const over = overBy(wanted.minutes, member.minutes);
  const save = async (): Promise<boolean> => {
    const wrong = wrongLine(wanted);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const said = { ...wanted, title: wanted.title.trim(), note: wanted.note.trim() || null, availability: [...wanted.availability] };
    const args = { ...said, request_id: uuid7(Date.now(), Math.random), ...(district ? { district } : {}) };
    const mid = await command(reach, "account", member.account.id, "ask_help", args);
    const draft = await forget();
    reach.say(t("timebank.ask.saved"), mid, draft);
    go(at("timebank", "mine"));
    return true;
  };
  return (
    <Page title={t("timebank.ask.title")} back={at("timebank")} backText={t("timebank.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <p>{t("timebank.ask.about")}</p>
      <Form onSubmit={() => once(save)}>
        <TextField id="title" label={t("timebank.ask.what")} hint={t("timebank.ask.whatHint")} value={wanted.title} onChange={(title) => set({ title })} error={errors["title"]} maxLength={120} spellcheck />
        <Category value={wanted.category} error={errors["category"]} onChange={(category) => set({ category })} />
        <Length legend={t("timebank.fields.howLong")} hint={over > 0 ? t("timebank.ask.over", { time: minutesWords(over) }) : undefined} value={wanted.minutes} kept={start.minutes} onChange={(minutes) => set({ minutes })} />
        <SlotTable id="availability" label={t("timebank.fields.times")} hint={t("timebank.fields.timesHint")} values={wanted.availability} onChange={(availability) => set({ availability })} />
        <TextArea id="note" label={t("timebank.fields.note")} hint={t("timebank.fields.noteHint")} value={wanted.note} onChange={(note) => set({ note })} rows={3} maxLength={1000} />
        <Button type="submit">{t("timebank.ask.button")}</Button>
      </Form>
      <p class="kith-quiet">{t("centre.new.kept")}</p>
    </Page>
  );
}

/** What is missing in a line of the bank's lists. */
export function wrongLine({ title, category }: { readonly title: string; readonly category: string }): Errors {
  return { ...(title.trim() ? {} : { title: t("timebank.wrong.title") }), ...(category ? {} : { category: t("timebank.wrong.category") }) };
}
