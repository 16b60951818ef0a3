/** What a rule kept off the shortlist, and which rule. */

import type { ExcludedItem } from "@contract/ranker/index.ts";
import type { Ranked } from "../../data/items.ts";
import { at } from "../../router.ts";
import { Folded } from "./folded.tsx";
import en from "../../words/en/shortlist.json";
import { t } from "../../words/t.ts";

interface Props {
  readonly excluded: readonly ExcludedItem[];
  readonly items: ReadonlyMap<string, Ranked>;
  readonly referralId: string;
}

export function NotShown({ excluded, items, referralId }: Props) {
  const groups = new Map<string, ExcludedItem[]>();
  for (const one of excluded) {
    const known = groups.get(one.rule);
    if (known) known.push(one);
    else groups.set(one.rule, [one]);
  }
  return (
    <section aria-labelledby="not-shown">
      <h2 class="nhsuk-heading-m" id="not-shown">
        {t("shortlist.excluded.title")}
      </h2>
      <p>{t("shortlist.excluded.count", { count: excluded.length })}</p>
      {[...groups].sort((a, b) => b[1].length - a[1].length).map(([rule, ones]) => (
        <Folded key={rule} summary={t("shortlist.excluded.group", { rule: ruleWords(rule), n: ones.length })}>
          {() => <><ul class="nhsuk-list">
            {ones.slice(0, MOST_LISTED).map((one) => (
              <li key={one.id}>
                <a href={`${at("items", one.kind, one.id)}?from=${referralId}`}>{items.get(one.id)?.doc.name ?? t("shortlist.unnamed")}</a>
                <br />
                <span class="kith-quiet">
                  {one.text}
                  {one.change && ` ${one.change}`}
                </span>
              </li>
            ))}
          </ul>
          {ones.length > MOST_LISTED && <p>{t("shortlist.excluded.more", { count: ones.length - MOST_LISTED })}</p>}</>}
        </Folded>
      ))}
    </section>
  );
}

const MOST_LISTED = 25;
type Rule = keyof typeof en.excluded.rule;

/** A newer ranker may have rules that this app has no words for. */
function ruleWords(rule: string): string {
  return t(`shortlist.excluded.rule.${rule in en.excluded.rule ? (rule as Rule) : "other"}`);
}
