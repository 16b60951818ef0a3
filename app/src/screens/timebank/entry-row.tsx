/** One line of a statement: what moved, with whom, when, and what there was afterwards. */

import type { ComponentChildren } from "preact";
import type { Item } from "../../data/live.ts";
import { dateWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

interface EntryProps {
  readonly entry: Item<"entry">;
  readonly exchanges: readonly Item<"exchange">[];
  readonly children?: ComponentChildren;
}

export function EntryRow({ entry, exchanges, children }: EntryProps) {
  const { doc } = entry;
  const exchange = exchanges.find(({ id }) => id === doc.about_id);
  const other = exchange && (exchange.doc.giver_account_id === doc.account_id ? exchange.doc.receiver_name : exchange.doc.giver_name);
  const title = t(doc.minutes > 0 ? "timebank.statement.in" : "timebank.statement.out", { time: minutesWords(doc.minutes) });
  return (
    <li class="kith-list__item kith-entry">
      <span class="kith-row__name">{title}</span>
      <span class="kith-row__text">
        {t(`timebank.entry.${doc.type}`)} · {label("category", doc.category)}
        {other && ` · ${other}`}
        <br />
        {dateWords(doc.day_on)}. {afterWords(doc.balance_min)}
        {doc.reversed_at && <strong> {t("timebank.statement.reversed")}</strong>}
      </span>
      {children}
    </li>
  );
}

/** What there was afterwards; the same words whoever reads the statement. */
function afterWords(minutes: number): string {
  if (minutes === 0) return t("timebank.statement.then.none");
  return t(minutes > 0 ? "timebank.statement.then.have" : "timebank.statement.then.owe", { time: minutesWords(minutes) });
}
