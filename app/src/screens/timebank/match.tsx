/** A request that nobody took: whose it is, and the offers that would answer it, to suggest one of them to both sides. */

import { useState } from "preact/hooks";
import { uuid7 } from "@contract/sync/index.ts";
import { useAnswered, useIsBroker } from "../../data/bank.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { matchesFor } from "../../logic/bank-lists.ts";
import { ARRANGED, farOff } from "../../logic/days.ts";
import { at, go } from "../../router.ts";
import { today, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { DateField, ErrorSummary, type Errors, Form, Radios } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Facts } from "../../ui/parts.tsx";
import { Empty, Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { addDays } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { dayOfTyped, typed } from "./fields.tsx";
import { listedFacts } from "./listed.tsx";
import { reasonsWords } from "./reasons.ts";

export function Match({ id }: { readonly id: string }) {
  const request = useOne("time_request", id);
  const detail = useOne("request_detail", id);
  const accounts = useList("account");
  const isBroker = useIsBroker();
  const isAnswered = useAnswered().has(id);
  if (request === undefined || detail === undefined) return null;
  const whose = accounts.find((one) => one.id === detail?.doc.account_id);
  if (request === null || detail === null || !isBroker) return <Gone kind="time_request" back={at("timebank", "desk")} />;
  return (
    <Page title={request.doc.name} caption={label("category", request.doc.category)} back={at("timebank", "desk")} backText={t("timebank.desk.title")}>
      {whose && <RefusedNotice kind="account" id={whose.id} />}
      <Facts facts={[{ name: t("timebank.desk.whose"), value: whose ? <a href={at("timebank", "accounts", whose.id)}>{whose.doc.name}</a> : t("timebank.exchange.member") }, ...listedFacts(request.doc, detail.doc.note)]} />
      {isAnswered && <p role="status">{t("timebank.desk.underWay")}</p>}
      {whose && isAnswered && <Standing item={whose} />}
      {whose && !isAnswered && <Suggest request={request} whose={whose} />}
    </Page>
  );
}

function Suggest({ request, whose }: { readonly request: Item<"time_request">; readonly whose: Item<"account"> }) {
  const reach = useReach();
  const details = useList("offer_detail");
  const accounts = useList("account");
  const [offerId, setOfferId] = useState("");
  const [on, setOn] = useState(typed(addDays(today(), 7)));
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const owner = new Map(details.map(({ id, doc }) => [id, doc.account_id]));
  const fits = matchesFor(request, useList("offer").filter(({ id }) => owner.has(id) && owner.get(id) !== whose.id)).slice(0, 10);
  if (fits.length === 0) return <Empty text={t("timebank.desk.noMatch")} />;
  const options = fits.map(({ item, reasons }) => {
    const name = accounts.find(({ id }) => id === owner.get(item.id))?.doc.name ?? t("timebank.exchange.member");
    return { value: item.id, label: `${name}: ${item.doc.name}`, hint: reasons.length > 0 ? reasonsWords(reasons) : undefined };
  });
  const suggest = async (): Promise<boolean> => {
    const day_on = dayOfTyped(on);
    const giver = owner.get(offerId);
    const wrong: Errors = { ...(giver ? {} : { match: t("timebank.wrong.match") }), ...wrongDay(day_on) };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0 || !giver || !day_on) return false;
    const { minutes, category } = request.doc;
    const named = { exchange_id: uuid7(Date.now(), Math.random), with_account_id: giver, gives: false, offer_id: offerId, request_id: request.id };
    reach.say(t("timebank.desk.suggested"), await command(reach, "account", whose.id, "propose_exchange", { ...named, minutes, category, day_on }));
    go(at("timebank", "desk"));
    return true;
  };
  return (
    <Form onSubmit={() => once(suggest)}>
      <ErrorSummary errors={errors} />
      <Standing item={whose} />
      <Radios id="match" label={t("timebank.desk.matches")} error={errors["match"]} options={options} value={offerId} onChange={setOfferId} />
      <DateField id="on" label={t("timebank.propose.on")} error={errors["on"]} value={on} onChange={setOn} />
      <Button type="submit">{t("timebank.desk.suggest")}</Button>
    </Form>
  );
}

function wrongDay(day: string | null): Errors {
  if (day === null) return { on: t("timebank.wrong.day") };
  return day < today() ? { on: t("timebank.wrong.dayPast") } : farOff({ on: day }, ARRANGED, today());
}
