/** On the home page: who in the time bank waits for this member; nothing when nobody does. */

import { type Member, useMember } from "../../data/bank.ts";
import { needsMe, openOf } from "../../logic/timebank.ts";
import { today } from "../../ui/context.ts";
import { t } from "../../words/t.ts";
import { ExchangeRow } from "./exchange-row.tsx";

export function BankToday() {
  const member = useMember();
  return member ? <Waiting member={member} /> : null;
}

function Waiting({ member }: { readonly member: Member }) {
  const lines = openOf(member.account, member.exchanges, today()).filter(({ stage, exchange }) => needsMe(stage, exchange.doc.day_on, today()));
  if (lines.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("timebank.waitingHome")}</h2>
      <ul class="kith-list">
        {lines.map((line) => (
          <ExchangeRow key={line.exchange.id} {...line} />
        ))}
      </ul>
    </>
  );
}
