/** One account as the bank's desk sees it: what it has, and its lines, each of which can be taken back once. */

import { useIsBroker } from "../../data/bank.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { at } from "../../router.ts";
import { useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Facts, LinkButton } from "../../ui/parts.tsx";
import { Empty, Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { deskBalance } from "./desk.tsx";
import { EntryRow } from "./entry-row.tsx";
import { newestFirst } from "./statement.tsx";

export function Account({ id }: { readonly id: string }) {
  const account = useOne("account", id);
  const entries = newestFirst(useList("entry").filter(({ doc }) => doc.account_id === id));
  const exchanges = useList("exchange");
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
      <h2 class="nhsuk-heading-m">{t("timebank.statement.title")}</h2>
      {entries.length === 0 && <Empty text={t("timebank.statement.empty")} />}
      <ul class="kith-list">
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} exchanges={exchanges}>
            <TakeBack entry={entry} />
          </EntryRow>
        ))}
      </ul>
    </Page>
  );
}

function TakeBack({ entry }: { readonly entry: Item<"entry"> }) {
  const reach = useReach();
  const asked = entry.commands.length > 0;
  const once = useOnce(asked);
  const reverse = async (): Promise<void> => {
    reach.say(t("timebank.acts.reversed"), await command(reach, "entry", entry.id, "reverse"));
  };
  return (
    <>
      <RefusedNotice kind="entry" id={entry.id} />
      <Standing item={entry} />
      {!asked && entry.doc.type !== "reversal" && entry.doc.reversed_at === null && (
        <LinkButton onClick={() => once(reverse)}>
          {t("timebank.acts.takeBack")}
          <span class="nhsuk-u-visually-hidden">: {minutesWords(entry.doc.minutes)}</span>
        </LinkButton>
      )}
    </>
  );
}
