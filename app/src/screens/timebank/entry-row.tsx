/** One line of a statement: what moved, with whom, when, and what there was afterwards. */

import type { ComponentChildren } from "preact";
import type { Item } from "../../data/live.ts";
import { dateWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

interface EntryProps {
  readonly entry: Item<"entry">;
  /** With whom, where this phone knows it. */
  readonly other: string | null;
  readonly children?: ComponentChildren;
}

/** Of these no sort of help can be told. */
const GIFTS: readonly string[] = ["transfer", "donation"];

export function EntryRow({ entry: { doc }, other, children }: EntryProps) {
  const what = doc.type === "transfer" && doc.minutes > 0 ? t("timebank.entry.received") : t(`timebank.entry.${doc.type}`);
  const title = t(doc.minutes > 0 ? "timebank.statement.in" : "timebank.statement.out", { time: minutesWords(doc.minutes) });
  return (
    <li class="kith-list__item kith-entry">
      <span class="kith-row__name">{title}</span>
      <span class="kith-row__text">
        {[what, ...(GIFTS.includes(doc.type) ? [] : [label("category", doc.category)]), ...(other ? [other] : [])].join(" · ")}
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
