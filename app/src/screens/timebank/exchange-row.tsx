/** One exchange in a list: with whom, what, when, and how it stands for this member. */

import { type Exchange, isOver, type Side, type Stage } from "../../logic/timebank.ts";
import { at } from "../../router.ts";
import { today } from "../../ui/context.ts";
import { Row } from "../../ui/parts.tsx";
import { dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

interface LineProps {
  readonly exchange: Exchange;
  readonly side: Side;
  readonly stage: Stage;
}

export function ExchangeRow({ exchange, side, stage }: LineProps) {
  const { doc } = exchange;
  return (
    <Row href={at("timebank", "exchanges", exchange.id)} name={exchangeTitle(exchange, side)}>
      {capital(dayWords(doc.day_on, today()))} · {minutesWords(doc.minutes)} · {label("category", doc.category)}
      <br />
      <strong>{stageWords({ exchange, side, stage })}</strong>
    </Row>
  );
}

/** "You help Marek Larkabout", "Una Saltmarrow helps you". */
export function exchangeTitle({ doc }: Exchange, side: Side): string {
  const other = otherName(doc, side);
  return t(side === "giver" ? "timebank.exchange.youHelp" : "timebank.exchange.helpsYou", { name: other });
}

export function otherName(doc: Exchange["doc"], side: Side): string {
  return (side === "giver" ? doc.receiver_name : doc.giver_name) ?? t("timebank.exchange.member");
}

/** What is to be done or waited for, as one line. */
export function stageWords({ exchange, side, stage }: LineProps): string {
  const name = otherName(exchange.doc, side);
  if (isOver(stage, exchange.doc.day_on, today())) return t("timebank.stage.past");
  return t(`timebank.stage.${stage}`, { name });
}
