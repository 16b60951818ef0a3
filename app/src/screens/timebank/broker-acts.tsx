/** What the bank's desk can do for an exchange: confirm for a side that cannot, call it off, take it back. */

import { command } from "../../data/write.ts";
import { type Exchange, hasConfirmed, isOpen, type Side } from "../../logic/timebank.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Button } from "../../ui/parts.tsx";
import { Standing } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { Reverse } from "./reverse.tsx";

const SIDES: readonly Side[] = ["giver", "receiver"];

export function BrokerActs({ exchange }: { readonly exchange: Exchange }) {
  const reach = useReach();
  const { id, doc, commands } = exchange;
  const once = useOnce(`${doc.status} ${commands.length}`);
  const tell = (name: string, said: string, args = {}) => async (): Promise<void> => {
    reach.say(said, await command(reach, "exchange", id, name, args));
  };
  if (commands.length > 0) return <Standing item={{ kind: "exchange", id, pending: true }} />;
  if (doc.status === "settled") return <Reverse kind="exchange" id={id} minutes={doc.minutes} />;
  if (!isOpen(exchange)) return null;
  return (
    <div class="kith-buttons">
      {SIDES.filter((side) => !hasConfirmed(exchange, side)).map((side) => (
        <Button key={side} onClick={() => once(tell("confirm_exchange", t("timebank.acts.confirmed"), { side }))}>
          {t(`timebank.desk.confirm.${side}`, { name: (side === "giver" ? doc.giver_name : doc.receiver_name) ?? t("timebank.exchange.member") })}
        </Button>
      ))}
      <Button look="secondary" onClick={() => once(tell("cancel_exchange", t("timebank.acts.noted.cancel")))}>{t("timebank.acts.no.cancel")}</Button>
    </div>
  );
}
