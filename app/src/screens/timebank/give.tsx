/** Give minutes away: to somebody met before, to anybody by their number, or to the bank's pot for whoever needs them. */

import { useState } from "preact/hooks";
import { uuid7 } from "@contract/sync/index.ts";
import { type Member, useMember } from "../../data/bank.ts";
import { command } from "../../data/write.ts";
import { knownOthers, overBy } from "../../logic/timebank.ts";
import { at, go } from "../../router.ts";
import { today, useOnce, useReach } from "../../ui/context.ts";
import { ErrorSummary, type Errors, Form, Radios, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";
import { Balance } from "./balance.tsx";
import { Length } from "./fields.tsx";

const POT = "pot";
const SOMEBODY_ELSE = "else";

export function Give() {
  const member = useMember();
  return member ? <GiveForm member={member} /> : null;
}

function GiveForm({ member }: { readonly member: Member }) {
  const reach = useReach();
  const [to, setTo] = useState(POT);
  const [number, setNumber] = useState("");
  const [minutes, setMinutes] = useState(60);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const known = knownOthers(member.account.id, member.exchanges).map(({ id, name }) => ({ value: id, label: name }));
  const options = [{ value: POT, label: t("timebank.give.pot"), hint: t("timebank.give.potHint") }, ...known, { value: SOMEBODY_ELSE, label: t("timebank.propose.else") }];
  const save = async (): Promise<boolean> => {
    const wrong = wrongIn(to === SOMEBODY_ELSE ? number.trim() : to, minutes, member);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const terms = { minutes, category: "other", day_on: today(), transaction_id: uuid7(Date.now(), Math.random) };
    const name = to === POT ? "donate" : "transfer";
    const args = to === POT ? terms : { ...terms, to_account_id: to === SOMEBODY_ELSE ? number.trim() : to };
    reach.say(t("timebank.give.saved", { time: minutesWords(minutes) }), await command(reach, "account", member.account.id, name, args));
    go(at("timebank"));
    return true;
  };
  return (
    <Page title={t("timebank.give.title")} back={at("timebank")} backText={t("timebank.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Balance minutes={member.minutes} />
      <Form onSubmit={() => once(save)}>
        <Radios id="to" label={t("timebank.give.to")} options={options} value={to} onChange={setTo} />
        {to === SOMEBODY_ELSE && <TextField id="number" label={t("timebank.propose.number")} hint={t("timebank.propose.numberHint")} error={errors["number"]} value={number} onChange={setNumber} maxLength={64} />}
        <Length legend={t("timebank.give.howMuch")} value={minutes} error={errors["minutes"]} onChange={setMinutes} />
        <Button type="submit">{t("timebank.give.button")}</Button>
      </Form>
    </Page>
  );
}

function wrongIn(to: string, minutes: number, member: Member): Errors {
  const over = overBy(minutes, member.minutes);
  return {
    ...(/^[\w.-]{1,64}$/.test(to) ? {} : { number: t("timebank.wrong.number") }),
    ...(to === member.account.id ? { number: t("timebank.wrong.self") } : {}),
    ...(over > 0 ? { minutes: t("timebank.over", { time: minutesWords(over) }) } : {}),
  };
}
