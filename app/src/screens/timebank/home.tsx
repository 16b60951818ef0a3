/** The time bank of a member: what they have, who waits for them, what comes, and what they can do. */

import { type Member, useIsBroker, useMember } from "../../data/bank.ts";
import { needsMe, openOf } from "../../logic/timebank.ts";
import { at } from "../../router.ts";
import { today } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Row } from "../../ui/parts.tsx";
import { FirstLoading, RefusedNotice } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { Balance } from "./balance.tsx";
import { Desk } from "./desk.tsx";
import { ExchangeRow } from "./exchange-row.tsx";
import { Join } from "./join.tsx";

export function BankHome() {
  const member = useMember();
  const isBroker = useIsBroker();
  if (member === undefined) return null;
  if (member === null) return isBroker ? <Desk /> : <Join />;
  return <Home member={member} />;
}

function Home({ member }: { readonly member: Member }) {
  const { account, exchanges, minutes } = member;
  const lines = openOf(account, exchanges, today());
  const asks = lines.filter(({ stage, exchange }) => needsMe(stage, exchange.doc.day_on, today()));
  const rest = lines.filter((line) => !asks.includes(line));
  return (
    <Page title={t("timebank.title")}>
      <FirstLoading />
      <RefusedNotice kind="account" id={account.id} />
      <Balance minutes={minutes} />
      <Lines title={t("timebank.needsYou")} lines={asks} />
      <Lines title={t("timebank.comingUp")} lines={rest} />
      <div class="kith-buttons">
        <ButtonLink href={at("timebank", "ask")}>{t("timebank.ask.button")}</ButtonLink>
        <ButtonLink href={at("timebank", "offer")}>{t("timebank.offer.button")}</ButtonLink>
      </div>
      <ul class="kith-list">
        <Row href={at("timebank", "look", "offers")} name={t("timebank.look.offers")}>{t("timebank.look.offersAbout")}</Row>
        <Row href={at("timebank", "look", "requests")} name={t("timebank.look.requests")}>{t("timebank.look.requestsAbout")}</Row>
        <Row href={at("timebank", "mine")} name={t("timebank.mine.title")} />
        <Row href={at("timebank", "propose")} name={t("timebank.propose.link")}>{t("timebank.propose.linkAbout")}</Row>
        <Row href={at("timebank", "give")} name={t("timebank.give.title")}>{t("timebank.give.about")}</Row>
        <Row href={at("timebank", "statement")} name={t("timebank.statement.title")} />
        <Row href={at("timebank", "rules")} name={t("timebank.rules.title")}>{t("timebank.rules.about")}</Row>
      </ul>
    </Page>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: ReturnType<typeof openOf> }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{title}</h2>
      <ul class="kith-list">
        {lines.map((line) => (
          <ExchangeRow key={line.exchange.id} {...line} />
        ))}
      </ul>
    </>
  );
}
