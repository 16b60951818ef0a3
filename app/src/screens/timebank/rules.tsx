/** How the bank works, in words: its limits, the member's own number to give to others, whom to ask. */

import { useMember } from "../../data/bank.ts";
import { at } from "../../router.ts";
import { useList } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { type Fact, Facts } from "../../ui/parts.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

export function Rules() {
  const member = useMember();
  const organisations = useList("organisation");
  if (!member) return null;
  const { account, bank, minutes } = member;
  const runner = organisations.find(({ id }) => id === bank?.doc.organisation_id);
  const facts: Fact[] = [
    { name: t("timebank.rules.bank"), value: bank?.doc.name ?? "" },
    { name: t("timebank.rules.name"), value: account.doc.name },
    { name: t("timebank.rules.number"), value: <span class="kith-number">{account.id}</span> },
    { name: t("timebank.rules.floor"), value: minutes.credit > 0 ? t("timebank.rules.floorText", { time: minutesWords(minutes.credit) }) : t("timebank.rules.noCredit") },
    { name: t("timebank.rules.ceiling"), value: t("timebank.rules.ceilingText", { time: minutesWords(account.doc.ceiling_min) }) },
    ...(runner ? [{ name: t("timebank.rules.runBy"), value: runner.doc.name }] : []),
    ...(runner?.doc.phone ? [{ name: t("timebank.rules.phone"), value: <a href={`tel:${runner.doc.phone.replaceAll(" ", "")}`}>{runner.doc.phone}</a> }] : []),
  ];
  return (
    <Page title={t("timebank.rules.title")} back={at("timebank")} backText={t("timebank.title")}>
      <p>{t("timebank.rules.hour")}</p>
      <p>{t("timebank.rules.both")}</p>
      <p>{t("timebank.rules.promise")}</p>
      <Facts facts={facts} />
    </Page>
  );
}
