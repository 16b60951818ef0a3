/** For somebody who has no account yet: banks that take new members from the phone, or whom to ask. */

import { uuid7 } from "@contract/sync/index.ts";
import { ownOf } from "../../logic/timebank.ts";
import { at } from "../../router.ts";
import { command } from "../../data/write.ts";
import type { Item } from "../../data/live.ts";
import { useAccount, useList, useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, type Fact, Facts } from "../../ui/parts.tsx";
import { Rich } from "../../ui/rich.tsx";
import { Empty, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";
import { Contact } from "./contact.tsx";

export function Join() {
  const banks = useList("bank").filter(({ doc }) => doc.status === "open");
  return (
    <Page title={t("timebank.title")}>
      <p>{t("timebank.join.about")}</p>
      {banks.length === 0 && <Empty text={t("timebank.join.none")} />}
      {banks.map((bank) => (
        <Bank key={bank.id} bank={bank} />
      ))}
    </Page>
  );
}

function Bank({ bank }: { readonly bank: Item<"bank"> }) {
  const reach = useReach();
  const me = useAccount();
  const asked = bank.commands.some(({ name }) => name === "open_account");
  const once = useOnce(asked);
  const closed = ownOf(useList("account").filter(({ doc }) => doc.bank_id === bank.id), me.volunteer_id);
  const runner = useList("organisation").find(({ id }) => id === bank.doc.organisation_id);
  const join = async (): Promise<void> => {
    const account_id = uuid7(Date.now(), Math.random);
    const mid = await command(reach, "bank", bank.id, "open_account", { account_id, type: "person", owner_id: me.volunteer_id });
    reach.say(t("timebank.join.asked"), mid);
  };
  return (
    <section>
      <h2 class="nhsuk-heading-m">{bank.doc.name}</h2>
      {closed && <RefusedNotice kind="account" id={closed.id} />}
      <RefusedNotice kind="bank" id={bank.id} />
      {closed && <p><Rich text="timebank.join.closed" parts={{ statement: (words) => <a href={at("timebank", "statement")}>{words}</a> }} /></p>}
      <p>{t("timebank.rules.both")}</p>
      <p>{t("timebank.join.name")}</p>
      <Facts facts={factsOf(bank, runner, me.volunteer_id)} />
      {asked && <p>{t("timebank.join.waits")}</p>}
      <Standing item={bank} />
      {closed && <Contact bank={bank} text="timebank.join.reopen" />}
      {!bank.doc.self_join && !closed && <Contact bank={bank} text="timebank.join.ask" />}
      {bank.doc.self_join && !asked && !closed && me.volunteer_id !== null && <Button onClick={() => once(join)}>{t("timebank.join.button")}</Button>}
    </section>
  );
}

/** Whoever cannot join here, or would rather not, gives the bank their number, by which its desk opens an account for them. */
function factsOf({ doc }: Item<"bank">, runner: Item<"organisation"> | undefined, volunteerId: string | null): Fact[] {
  return [
    ...(runner ? [{ name: t("timebank.rules.runBy"), value: runner.doc.name }] : []),
    { name: t("timebank.rules.floor"), value: doc.floor_min < 0 ? t("timebank.rules.floorText", { time: minutesWords(-doc.floor_min) }) : t("timebank.rules.noCredit") },
    ...(volunteerId ? [{ name: t("timebank.join.number"), value: <span class="kith-number">{volunteerId}</span> }] : []),
  ];
}
