/** The desk of whoever looks after a bank: requests that nobody took, exchanges that hang, and the members' accounts. */

import { useState } from "preact/hooks";
import { useDeskBanks, useIsBroker, useUnanswered } from "../../data/bank.ts";
import type { Item } from "../../data/live.ts";
import { isOpen } from "../../logic/timebank.ts";
import { at } from "../../router.ts";
import { today, useList } from "../../ui/context.ts";
import { TextField } from "../../ui/fields.tsx";
import { Lost } from "../../ui/lost.tsx";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dayWords, sinceWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export function Desk() {
  const isBroker = useIsBroker();
  if (!isBroker) return <Lost />;
  return (
    <Page title={t("timebank.desk.title")}>
      <Requests />
      <Waiting />
      <Accounts />
    </Page>
  );
}

function Requests() {
  const oldest = useUnanswered();
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("timebank.desk.requests")}</h2>
      {oldest.length === 0 && <Empty text={t("timebank.desk.noRequests")} />}
      <ul class="kith-list">
        {oldest.map(({ id, doc }) => (
          <Row key={id} href={at("timebank", "match", id)} name={doc.name}>
            {label("category", doc.category)} · {minutesWords(doc.minutes)} · {t("timebank.desk.asked", { when: sinceWords(doc.asked_at, new Date()) })}
          </Row>
        ))}
      </ul>
    </>
  );
}

function Waiting() {
  const open = useList("exchange").filter(isOpen);
  const lines = [...open].sort((a, b) => (a.doc.day_on < b.doc.day_on ? -1 : 1));
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("timebank.desk.waiting")}</h2>
      {lines.length === 0 && <Empty text={t("timebank.desk.noWaiting")} />}
      <ul class="kith-list">
        {lines.map((exchange) => (
          <Row key={exchange.id} href={at("timebank", "exchanges", exchange.id)} name={pairWords(exchange)}>
            {capital(dayWords(exchange.doc.day_on, today()))} · {minutesWords(exchange.doc.minutes)} · {t(`timebank.desk.${waitsFor(exchange)}`)}
          </Row>
        ))}
      </ul>
    </>
  );
}

function pairWords({ doc }: Item<"exchange">): string {
  const somebody = t("timebank.exchange.member");
  return t("timebank.desk.pair", { giver: doc.giver_name ?? somebody, receiver: doc.receiver_name ?? somebody });
}

function waitsFor({ doc }: Item<"exchange">): "waitsBoth" | "waitsReceiver" | "waitsGiver" {
  if (doc.status === "proposed") return "waitsBoth";
  return doc.giver_confirmed_at !== null ? "waitsReceiver" : "waitsGiver";
}

const AT_ONCE = 30;

function Accounts() {
  const [search, setSearch] = useState("");
  const accounts = useList("account");
  const banks = useDeskBanks();
  const wanted = search.trim().toLocaleLowerCase();
  const found = accounts.filter(({ id, doc }) => doc.name.toLocaleLowerCase().includes(wanted) || id === search.trim());
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("timebank.desk.accounts")}</h2>
      {banks.map((bank) => (
        <div key={bank.id}>
          <RefusedNotice kind="bank" id={bank.id} />
          <Standing item={bank} />
        </div>
      ))}
      {banks.length > 0 && <ButtonLink look="secondary" href={at("timebank", "open")}>{t("timebank.open.title")}</ButtonLink>}
      <TextField id="search" type="search" label={t("timebank.desk.search")} value={search} onChange={setSearch} />
      <ul class="kith-list">
        {[...found].sort((a, b) => a.doc.name.localeCompare(b.doc.name)).slice(0, AT_ONCE).map((account) => (
          <Row key={account.id} href={at("timebank", "accounts", account.id)} name={account.doc.name}>
            {t(`timebank.desk.type.${account.doc.type}`)} · {account.doc.status === "closed" ? t("timebank.close.closed") : deskBalance(account)}
          </Row>
        ))}
      </ul>
    </>
  );
}

export function deskBalance({ doc }: Item<"account">): string {
  if (doc.balance_min === 0) return t("timebank.desk.zero");
  return t(doc.balance_min > 0 ? "timebank.desk.has" : "timebank.desk.owes", { time: minutesWords(doc.balance_min) });
}

