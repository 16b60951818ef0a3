/** Propose an exchange: answer a request, take up an offer, or note what two members have agreed by themselves. */

import { useState } from "preact/hooks";
import { uuid7 } from "@contract/sync/index.ts";
import { type Member, useMember } from "../../data/bank.ts";
import { command } from "../../data/write.ts";
import { ARRANGED, farOff } from "../../logic/days.ts";
import { knownOthers, overBy } from "../../logic/timebank.ts";
import { at, go } from "../../router.ts";
import { today, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { DateField, ErrorSummary, type Errors, Form, Radios, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { addDays } from "../../words/dates.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";
import { Category, dayOfTyped, Length, typed } from "./fields.tsx";

/** What is answered: somebody's request, somebody's offer, or nothing that is on a list. */
interface Answered {
  readonly kind: "request" | "offer" | null;
  readonly id: string | null;
  readonly name: string;
  readonly minutes: number;
  readonly category: string;
}

const FREE: Answered = { kind: null, id: null, name: "", minutes: 60, category: "" };
const SOMEBODY_ELSE = "else";

export function Propose({ to, id }: { readonly to: string | null; readonly id: string | null }) {
  const member = useMember();
  const [offers, requests] = [useLoaded("offer"), useLoaded("time_request")];
  if (!member || offers === undefined || requests === undefined) return null;
  if (id === null) return <ProposeForm member={member} answered={FREE} />;
  const kind = to === "requests" ? "request" : "offer";
  const found = kind === "request" ? requests.find((one) => one.id === id) : offers.find((one) => one.id === id);
  if (!found) return <Gone kind={found === undefined && kind === "request" ? "time_request" : "offer"} back={at("timebank")} />;
  const { name, minutes, category } = found.doc;
  return <ProposeForm member={member} answered={{ kind, id, name, minutes, category }} />;
}

interface Said {
  readonly who: string;
  readonly number: string;
  readonly gives: string;
  readonly minutes: number;
  readonly category: string;
  readonly on: { readonly day: string; readonly month: string; readonly year: string };
  readonly done: string;
  readonly note: string;
}

function ProposeForm({ member, answered }: { readonly member: Member; readonly answered: Answered }) {
  const reach = useReach();
  const [said, setSaid] = useState<Said>({
    who: "", number: "", gives: answered.kind === null ? "" : String(answered.kind === "request"), minutes: answered.minutes, category: answered.category,
    on: typed(addDays(today(), 1)), done: "no", note: "",
  });
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<Said>): void => setSaid((before) => ({ ...before, ...change }));
  const save = async (): Promise<boolean> => {
    const wrong = wrongIn(said, answered, member);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    reach.say(t("timebank.propose.saved"), await command(reach, "account", member.account.id, "propose_exchange", argsOf(said, answered)));
    reach.engine.soon(0);
    go(at("timebank"));
    return true;
  };
  const isFree = answered.kind === null;
  return (
    <Page title={isFree ? t("timebank.propose.title") : answered.name} caption={isFree ? undefined : t(`timebank.propose.${answered.kind}`)} back={at("timebank")} backText={t("timebank.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      {!isFree && <p>{t("timebank.propose.nameless")}</p>}
      <Form onSubmit={() => once(save)}>
        {isFree && <Free member={member} said={said} set={set} errors={errors} />}
        <Length legend={t("timebank.fields.howLong")} value={said.minutes} kept={answered.minutes} error={errors["minutes"]} onChange={(minutes) => set({ minutes })} />
        <DateField id="on" label={t("timebank.propose.on")} error={errors["on"]} value={said.on} onChange={(on) => set({ on })} />
        {isFree && <Done said={said} set={set} />}
        <TextArea id="note" label={t("timebank.propose.note")} hint={t("timebank.propose.noteHint")} value={said.note} onChange={(note) => set({ note })} rows={3} maxLength={1000} />
        <Button type="submit">{t("timebank.propose.button")}</Button>
      </Form>
    </Page>
  );
}

interface PartProps {
  readonly said: Said;
  readonly set: (change: Partial<Said>) => void;
}

function Free({ member, said, set, errors }: PartProps & { readonly member: Member; readonly errors: Errors }) {
  const known = knownOthers(member.account.id, member.exchanges).map(({ id, name }) => ({ value: id, label: name }));
  const gives = ["true", "false"].map((value) => ({ value, label: t(value === "true" ? "timebank.propose.iHelp" : "timebank.propose.theyHelp") }));
  return (
    <>
      <Radios id="who" label={t("timebank.propose.who")} error={errors["who"]} options={[...known, { value: SOMEBODY_ELSE, label: t("timebank.propose.else") }]} value={said.who} onChange={(who) => set({ who })} />
      {said.who === SOMEBODY_ELSE && <TextField id="number" label={t("timebank.propose.number")} hint={t("timebank.propose.numberHint")} error={errors["number"]} value={said.number} onChange={(number) => set({ number })} maxLength={64} />}
      <Radios id="gives" label={t("timebank.propose.gives")} error={errors["gives"]} options={gives} value={said.gives} onChange={(value) => set({ gives: value })} />
      <Category value={said.category} error={errors["category"]} onChange={(category) => set({ category })} />
    </>
  );
}

function Done({ said, set }: PartProps) {
  const options = ["no", "yes"].map((value) => ({ value, label: t(value === "yes" ? "timebank.propose.done" : "timebank.propose.notDone") }));
  return <Radios id="done" label={t("timebank.propose.isDone")} options={options} value={said.done} onChange={(done) => set({ done })} />;
}

function wrongIn(said: Said, answered: Answered, member: Member): Errors {
  const wrong: { [field: string]: string } = {};
  const on = dayOfTyped(said.on);
  if (answered.kind === null) {
    if (!said.who) wrong["who"] = t("timebank.wrong.who");
    if (said.who === SOMEBODY_ELSE && !/^[\w.-]{1,64}$/.test(said.number.trim())) wrong["number"] = t("timebank.wrong.number");
    if (said.number.trim() === member.account.id) wrong["number"] = t("timebank.wrong.self");
    if (!said.gives) wrong["gives"] = t("timebank.wrong.gives");
    if (!said.category) wrong["category"] = t("timebank.wrong.category");
  }
  const over = said.gives === "false" ? overBy(said.minutes, member.minutes) : 0;
  if (over > 0) wrong["minutes"] = t("timebank.over", { time: minutesWords(over) });
  if (on === null) wrong["on"] = t("timebank.wrong.day");
  else if (said.done === "yes" && on > today()) wrong["on"] = t("timebank.wrong.dayToCome");
  else if (said.done === "no" && on < today()) wrong["on"] = t("timebank.wrong.dayPast");
  return { ...wrong, ...farOff({ on }, ARRANGED, today()) };
}

function argsOf(said: Said, answered: Answered) {
  const other = said.who === SOMEBODY_ELSE ? said.number.trim() : said.who;
  const named = answered.kind === null ? { with_account_id: other, done: said.done === "yes" } : { [`${answered.kind}_id`]: answered.id };
  return {
    ...named, exchange_id: uuid7(Date.now(), Math.random), gives: said.gives === "true", minutes: said.minutes, category: said.category,
    day_on: dayOfTyped(said.on) ?? today(), note: said.note.trim() || null,
  };
}
