/** Two lines side by side: what is different first, then what is the same. */

import type { ShownItem } from "@contract/ranker/index.ts";
import type { Ranked } from "../../data/items.ts";
import { compare, type ComparedRow, type Fact } from "../../logic/compare.ts";
import type { Schedule } from "../../logic/session.ts";
import { at } from "../../router.ts";
import { useList, useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Rich } from "../../ui/rich.tsx";
import { costOf, costWords, placesWords, whenWords, whereWords } from "../../words/candidate.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { choose, type Picked } from "./choose.ts";
import { placeFacts } from "./item-facts.tsx";
import { textsOf } from "./reasons.tsx";
import { reader, rowsOf } from "./slated.tsx";
import type { Both, Ready } from "./use-slate.ts";

interface Props {
  readonly ids: readonly string[];
  readonly ready: Ready;
  readonly both: Both;
  readonly back: string;
  readonly thing: (id: string) => Picked | undefined;
}

export function Compare({ ids, ready, both, back, thing }: Props) {
  const reach = useReach();
  const once = useOnce();
  const schedules = useList("schedule").map(({ doc }) => doc);
  const read = reader(ready, both);
  const rows = rowsOf(ready);
  const two = ids.flatMap((id) => {
    const [item, row] = [ready.items.get(id), rows.find((one) => one.id === id)];
    return item && row ? [{ item, shown: read(row), number: row.number }] : [];
  });
  const [a, b] = two;
  if (!a || !b) return <Page title={t("shortlist.compare.title")} back={back} backText={t("shortlist.back")}><p>{t("shortlist.compare.gone")}</p></Page>;
  const facts = (one: typeof a): Fact[] => factsOf(one.shown, one.item, schedules.filter(({ item_id }) => item_id === one.item.id));
  const { different, same } = compare(facts(a), facts(b), t("shortlist.compare.none"));
  return (
    <Page title={t("shortlist.compare.title")} back={back} backText={t("shortlist.back")}>
      <div role="table" class="kith-compare" aria-label={t("shortlist.compare.title")}>
        <div role="row" class="kith-compare__head">
          <span role="columnheader" class="nhsuk-u-visually-hidden">{t("shortlist.compare.what")}</span>
          {two.map(({ item, number }) => (
            <span role="columnheader" key={item.id}>
              {number}. <a href={`${at("items", item.kind, item.id)}?from=${both.referral.id}`}>{item.doc.name}</a>
            </span>
          ))}
        </div>
        <Part title={t("shortlist.compare.different")} rows={different} />
        <Part title={t("shortlist.compare.same")} rows={same} />
      </div>
      <div class="kith-compare__choose">
        {two.map(({ item }) => (
          <Button key={item.id} look="secondary" onClick={() => once(async () => { const one = thing(item.id); return one !== undefined && choose(reach, one, both.referral); })}>
            <Rich text="shortlist.choice.choose" values={{ name: item.doc.name }} parts={{ name: (words) => <span class="nhsuk-u-visually-hidden">{words}</span> }} />
          </Button>
        ))}
      </div>
    </Page>
  );
}

function Part({ title, rows }: { readonly title: string; readonly rows: readonly ComparedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <div role="rowgroup" aria-label={title}>
      <div class="kith-compare__title" aria-hidden="true">{title}</div>
      {rows.map(({ name, values }) => (
        <div role="row" class="kith-compare__row" key={name}>
          <span role="rowheader">{name}</span>
          <span role="cell">{values[0]}</span>
          <span role="cell">{values[1]}</span>
        </div>
      ))}
    </div>
  );
}

function factsOf(shown: ShownItem, item: Ranked, schedules: readonly Schedule[]): Fact[] {
  const pence = costOf(item);
  const told = item.kind === "task" ? [] : placeFacts(item.doc).filter(({ key }) => ["access", "languages", "ages", "for"].includes(key));
  return [
    { name: t("shortlist.fact.sort"), value: t(`shortlist.kind.${shown.kind}`) },
    { name: t("shortlist.fact.what"), value: label("category", item.doc.category) },
    { name: t("shortlist.fact.way"), value: whereWords(shown, item) },
    { name: t("shortlist.fact.when"), value: whenWords(shown, item, schedules) },
    { name: t("shortlist.fact.places"), value: placesWords(shown.places_open) },
    ...(pence === null ? [] : [{ name: t("shortlist.fact.cost"), value: costWords(pence) }]),
    ...told.map(({ name, value }) => ({ name, value: String(value) })),
    { name: t("shortlist.why.for"), value: textsOf(shown, 1).join(" ") },
    { name: t("shortlist.why.against"), value: textsOf(shown, -1).join(" ") },
  ].filter(({ value }) => value !== "");
}
