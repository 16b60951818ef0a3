/** How to reach whoever looks after the bank: for what only they can put right. */

import type { Item } from "../../data/live.ts";
import { at } from "../../router.ts";
import { useList } from "../../ui/context.ts";
import { Rich } from "../../ui/rich.tsx";
import type { Key } from "../../words/t.ts";

export function Contact({ bank, text }: { readonly bank: Item<"bank"> | undefined; readonly text: Key }) {
  const runner = useList("organisation").find(({ id }) => id === bank?.doc.organisation_id);
  const phone = runner?.doc.phone;
  return (
    <p class="kith-quiet">
      <Rich
        text={text} values={{ bank: runner?.doc.name ?? bank?.doc.name ?? "" }}
        parts={{ bank: (words) => (phone ? <a href={`tel:${phone.replaceAll(" ", "")}`}>{words}</a> : <a href={at("timebank", "rules")}>{words}</a>) }}
      />
    </p>
  );
}
