/** What a rule kept off the shortlist, and which rule. */

import type { ExcludedItem } from "@contract/ranker/index.ts";
import type { Ranked } from "../data/items.ts";
import { at } from "../router.ts";
import { Details } from "../ui/parts.tsx";
import { capital, count } from "../words/plain.ts";

export function NotShown({ excluded, items }: { readonly excluded: readonly ExcludedItem[]; readonly items: ReadonlyMap<string, Ranked> }) {
  const groups = new Map<string, ExcludedItem[]>();
  for (const one of excluded) groups.set(one.rule, [...(groups.get(one.rule) ?? []), one]);
  return (
    <section aria-labelledby="not-shown">
      <h2 class="nhsuk-heading-m" id="not-shown">
        Not shown, and why
      </h2>
      <p>{capital(count(excluded.length, "thing"))} did not pass a rule, so {excluded.length === 1 ? "it was" : "they were"} left out before ranking.</p>
      {[...groups].sort((a, b) => b[1].length - a[1].length).map(([rule, ones]) => (
        <Details key={rule} summary={`${RULE_WORDS[rule] ?? capital(rule.replaceAll("_", " "))} (${ones.length})`}>
          <ul class="nhsuk-list">
            {ones.slice(0, MOST_LISTED).map((one) => (
              <li key={one.id}>
                <a href={at("items", one.kind, one.id)}>{items.get(one.id)?.doc.name ?? "Unnamed"}</a>
                <br />
                <span class="kith-quiet">
                  {one.text}
                  {one.change && ` ${one.change}`}
                </span>
              </li>
            ))}
          </ul>
          {ones.length > MOST_LISTED && <p>And {ones.length - MOST_LISTED} more.</p>}
        </Details>
      ))}
    </section>
  );
}

const MOST_LISTED = 25;
const RULE_WORDS: { readonly [rule: string]: string } = {
  too_far: "Too far away", full: "No places left", age: "For another age", audience: "Only for some people",
  access: "Lacks what they need to take part", language: "Not in a language they speak", closed: "Not running now",
  cost: "Costs too much", not_open_yet: "Not open yet", no_session: "No session soon", need: "Does not help with these needs",
  online: "Online only", stays_home: "Does not come to the home", outside_area: "Only visits homes elsewhere",
};
