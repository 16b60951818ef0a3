/** One account as the bank's desk sees it: what it has, and its lines, each of which can be taken back once. */

import { useIsBroker } from "../../data/bank.ts";
import type { Item } from "../../data/live.ts";
import { otherOf } from "../../logic/timebank.ts";
import { command } from "../../data/write.ts";
import { at } from "../../router.ts";
import { useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Facts } from "../../ui/parts.tsx";
import { Empty, Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { deskBalance } from "./desk.tsx";
import { EntryRow } from "./entry-row.tsx";
import { Reverse } from "./reverse.tsx";
import { newestFirst } from "./statement.tsx";

export function Account({ id }: { readonly id: string }) {
  const account = useOne("account", id);
  const books = { entries: useList("entry"), exchanges: useList("exchange"), accounts: useList("account") };
  const entries = newestFirst(books.entries.filter(({ doc }) => doc.account_id === id));
  const isBroker = useIsBroker();
  if (account === undefined) return null;
  if (account === null || !isBroker) return <Gone kind="account" back={at("timebank", "desk")} />;
  const facts = [
    { name: t("timebank.desk.balance"), value: capital(deskBalance(account)) },
    { name: t("timebank.rules.floor"), value: t("timebank.rules.floorText", { time: minutesWords(account.doc.floor_min) }) },
    { name: t("timebank.desk.number"), value: <span class="kith-number">{id}</span> },
  ];
  return (
    <Page title={account.doc.name} caption={t(`timebank.desk.type.${account.doc.type}`)} back={at("timebank", "desk")} backText={t("timebank.desk.title")}>
      <RefusedNotice kind="account" id={id} />
      <Facts facts={facts} />
      <Standing item={account} />
      <Life account={account} />
      <h2 class="nhsuk-heading-m">{t("timebank.statement.title")}</h2>
      {entries.length === 0 && <Empty text={t("timebank.statement.empty")} />}
      <ul class="kith-list">
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} other={otherOf(entry, books)}>
            <TakeBack entry={entry} />
          </EntryRow>
        ))}
      </ul>
    </Page>
  );
}

/** Closed at zero, and opened again: so the desk lets somebody pause. Whoever was erased has an account without an owner. */
function Life({ account: { id, doc, commands } }: { readonly account: Item<"account"> }) {
  const reach = useReach();
  const bank = useOne("bank", doc.bank_id);
  const opens = bank?.commands.some(({ name, args }) => name === "open_account" && args["account_id"] === id);
  const once = useOnce(`${doc.status} ${opens} ${commands.length}`);
  const close = async (): Promise<void> => reach.say(t("timebank.close.said"), await command(reach, "account", id, "close_account"));
  const open = async (): Promise<void> => {
    const args = { account_id: id, type: doc.type, owner_id: doc.owner_id };
    reach.say(t("timebank.close.openSaid"), await command(reach, "bank", doc.bank_id, "open_account", args));
  };
  if (doc.type === "pot" || commands.length > 0) return null;
  if (opens) return <Standing item={{ kind: "bank", id: doc.bank_id, pending: true }} />;
  if (doc.status === "closed") {
    return (
      <>
        <RefusedNotice kind="bank" id={doc.bank_id} only={({ command: asked }) => asked?.args["account_id"] === id} />
        <p>{t("timebank.close.isClosed")}</p>
        {doc.owner_id && <Button onClick={() => once(open)}>{t("timebank.close.open")}</Button>}
      </>
    );
  }
  if (doc.balance_min !== 0) return <p class="kith-quiet">{t("timebank.close.notEmpty")}</p>;
  return <Button look="secondary" onClick={() => once(close)}>{t("timebank.close.button")}</Button>;
}

function TakeBack({ entry }: { readonly entry: Item<"entry"> }) {
  const { id, doc, commands } = entry;
  return (
    <>
      <RefusedNotice kind="entry" id={id} />
      <Standing item={entry} />
      {commands.length === 0 && doc.type !== "reversal" && doc.reversed_at === null && <Reverse kind="entry" id={id} minutes={doc.minutes} />}
    </>
  );
}
