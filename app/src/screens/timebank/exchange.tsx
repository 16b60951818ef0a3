/** One exchange, step by step: proposed, done, confirmed by both, settled; or declined, called off, taken back. */

import { command } from "../../data/write.ts";
import { type Member, useIsBroker, useMember } from "../../data/bank.ts";
import { type Exchange as Deal, hasConfirmed, isOver, noOf, overBy, proposalsOf, type Side, sideOf, type Stage, stageOf } from "../../logic/timebank.ts";
import { at } from "../../router.ts";
import { today, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Details, type Fact, Facts, Notice } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { BrokerActs } from "./broker-acts.tsx";
import { Contact } from "./contact.tsx";
import { exchangeTitle, otherName, stageWords } from "./exchange-row.tsx";

const BACK = at("timebank");

export function Exchange({ id }: { readonly id: string }) {
  const member = useMember();
  const isBroker = useIsBroker();
  const exchanges = useLoaded("exchange");
  if (exchanges === undefined || member === undefined) return null;
  const sent = exchanges.find((one) => one.id === id);
  const exchange: Deal | undefined = sent ?? (member ? proposalsOf(member.account).find((one) => one.id === id) : undefined);
  if (!exchange) return <Gone kind="exchange" back={BACK} />;
  const side = member ? sideOf(exchange, member.account.id) : null;
  if (member && side) return <OfMember member={member} exchange={exchange} side={side} isSent={sent !== undefined} />;
  return (
    <Page title={t("timebank.exchange.title")} back={at("timebank", "desk")} backText={t("timebank.desk.title")}>
      <RefusedNotice kind="exchange" id={id} />
      <Notice>
        <p role="status"><strong>{deskWords(exchange)}</strong></p>
      </Notice>
      <Facts facts={factsOf(exchange, null)} />
      {isBroker && <BrokerActs exchange={exchange} />}
    </Page>
  );
}

/** How it stands, for whoever looks after the bank. */
function deskWords(exchange: Deal): string {
  const { doc } = exchange;
  const [giver, receiver] = [doc.giver_name ?? t("timebank.exchange.member"), doc.receiver_name ?? t("timebank.exchange.member")];
  if (doc.status === "proposed") return t("timebank.desk.stands.proposed", { name: doc.proposed_by === "giver" ? giver : receiver });
  if (doc.status === "confirmed") return t("timebank.desk.stands.confirmed", hasConfirmed(exchange, "giver") ? { name: giver, other: receiver } : { name: receiver, other: giver });
  return t(`timebank.stage.${doc.status}`);
}

interface OfMemberProps {
  readonly member: Member;
  readonly exchange: Deal;
  readonly side: Side;
  readonly isSent: boolean;
}

function OfMember({ member, exchange, side, isSent }: OfMemberProps) {
  const stage = stageOf(exchange, side, isSent);
  const next = t(`timebank.next.${isOver(stage, exchange.doc.day_on, today()) ? "past" : stage}`, { name: otherName(exchange.doc, side) });
  return (
    <Page title={exchangeTitle(exchange, side)} caption={label("category", exchange.doc.category)} back={BACK} backText={t("timebank.title")}>
      <RefusedNotice kind="exchange" id={exchange.id} />
      <Notice attention={stage === "asked" || stage === "theirs"}>
        <p role="status"><strong>{stageWords({ exchange, side, stage })}</strong></p>
        <p>{next}</p>
      </Notice>
      {isSent && <Standing item={{ kind: "exchange", id: exchange.id, pending: exchange.commands.length > 0 }} />}
      <Facts facts={factsOf(exchange, side)} />
      <Acts member={member} exchange={exchange} side={side} stage={stage} />
      <Steps exchange={exchange} side={side} stage={stage} />
      <Contact bank={member.bank} text="timebank.exchange.wrong" />
    </Page>
  );
}

function factsOf({ doc }: Deal, side: Side | null): Fact[] {
  const names: Fact[] = side === null
    ? [{ name: t("timebank.exchange.what"), value: label("category", doc.category) }, { name: t("timebank.exchange.helps"), value: doc.giver_name ?? t("timebank.exchange.member") }, { name: t("timebank.exchange.isHelped"), value: doc.receiver_name ?? t("timebank.exchange.member") }]
    : [];
  return [
    ...names,
    { name: t("timebank.exchange.when"), value: capital(dayWords(doc.day_on, today())) },
    { name: t("timebank.exchange.howLong"), value: minutesWords(doc.minutes) },
    ...(doc.note ? [{ name: t("timebank.exchange.note"), value: <span class="kith-written">{doc.note}</span> }] : []),
  ];
}

const ENDED: readonly Stage[] = ["declined", "cancelled", "ending"];

/** The way of an exchange, each step with whether it is done in words: the colour says nothing alone. */
function Steps({ exchange, side, stage }: { readonly exchange: Deal; readonly side: Side; readonly stage: Stage }) {
  if (ENDED.includes(stage)) return null;
  const { doc } = exchange;
  const [name, other] = [otherName(doc, side), side === "giver" ? "receiver" : "giver"] as const;
  const settled = stage === "settled" || stage === "reversed";
  const moved = t(stage === "reversed" ? "timebank.steps.takenBack" : "timebank.steps.done");
  const steps: readonly (readonly [text: string, done: boolean, said?: string])[] = [
    [doc.proposed_by === side ? t("timebank.steps.youProposed") : t("timebank.steps.theyProposed", { name }), true],
    [t("timebank.steps.help"), settled || hasConfirmed(exchange, "giver") || hasConfirmed(exchange, "receiver")],
    [t("timebank.steps.youSay"), settled || stage === "mine" || stage === "settling"],
    [t("timebank.steps.theySay", { name }), settled || hasConfirmed(exchange, other)],
    [t(side === "giver" ? "timebank.steps.youGet" : "timebank.steps.youPay", { time: minutesWords(doc.minutes) }), settled, moved],
  ];
  return (
    <>
      <h2 class="nhsuk-heading-s">{t("timebank.steps.title")}</h2>
      <ol class="kith-steps">
        {steps.map(([text, done, said = t("timebank.steps.done")]) => (
          <li key={text}>
            <span class="kith-steps__state">{done ? said : t("timebank.steps.toDo")}</span> {text}
          </li>
        ))}
      </ol>
    </>
  );
}

function Acts({ member, exchange, side, stage }: Omit<OfMemberProps, "isSent"> & { readonly stage: Stage }) {
  const reach = useReach();
  const once = useOnce(`${stage} ${exchange.commands.length}`);
  const { id, doc } = exchange;
  const tell = (name: string, said: string) => async (): Promise<void> => {
    reach.say(said, await command(reach, "exchange", id, name));
    reach.engine.soon(0);
  };
  if (stage === "sending" || stage === "ending") return null;
  if (stage === "settled" && side === "giver") {
    return (
      <Details summary={t("timebank.acts.wrong")}>
        <p>{t("timebank.acts.wrongText")}</p>
        <Button look="secondary" onClick={() => once(tell("reverse", t("timebank.acts.reversed")))}>{t("timebank.acts.reverse")}</Button>
      </Details>
    );
  }
  if (doc.status !== "proposed" && doc.status !== "confirmed") return null;
  // What is proposed by the receiver is promised already, so that confirming it costs nothing more.
  const isNew = side === "receiver" && doc.proposed_by === "giver";
  const over = isNew ? overBy(doc.minutes, member.minutes) : 0;
  const can = (stage === "asked" || stage === "theirs" || stage === "proposed") && doc.day_on <= today();
  const no = noOf(stage, doc.day_on, today());
  const end = stage === "asked" || stage === "theirs" ? "decline_exchange" : "cancel_exchange";
  return (
    <>
      {can && over > 0 && <p>{t("timebank.over", { time: minutesWords(over) })}</p>}
      {no === "decline" && <p>{t("timebank.acts.suits")}</p>}
      <div class="kith-buttons">
        {can && over === 0 && <Button onClick={() => once(tell("confirm_exchange", t("timebank.acts.confirmed")))}>{t("timebank.acts.confirm")}</Button>}
        {stage !== "settling" && <Button look="secondary" onClick={() => once(tell(end, t(`timebank.acts.noted.${no}`)))}>{t(`timebank.acts.no.${no}`)}</Button>}
      </div>
    </>
  );
}
