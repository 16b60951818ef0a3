/** What a member has, in words: what is sure first, then what is promised, waits on this phone, or is on its way. */

import type { Coming, Minutes } from "../../logic/timebank.ts";
import { balanceWords, minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

const COMING: readonly (keyof Coming)[] = ["sending", "yours", "theirs", "help"];

export function Balance({ minutes }: { readonly minutes: Minutes }) {
  const { balance, promised, leaving, coming, free } = minutes;
  const lines = [
    promised > 0 && t("timebank.balance.promised", { time: minutesWords(promised) }),
    leaving > 0 && t("timebank.balance.leaving", { time: minutesWords(leaving) }),
    ...COMING.map((one) => coming[one] > 0 && t(`timebank.balance.coming.${one}`, { time: minutesWords(coming[one]) })),
    free > 0 ? t("timebank.balance.free", { time: minutesWords(free) }) : t("timebank.balance.spent"),
  ].filter((line) => line !== false);
  return (
    <div class="kith-balance">
      <p class="kith-balance__sum">{balanceWords(balance)}</p>
      <ul class="kith-balance__parts">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
