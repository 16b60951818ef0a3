/** The filters, folded away until somebody wants them; each works as soon as it is set. */

import { VOCABULARIES } from "@generated/contract.ts";
import { RANKED_KINDS, type RankedKind } from "../../data/items.ts";
import { countSet, DAYPARTS, DAYS, type Filters, NO_FILTERS, type Way, WAYS } from "../../logic/filters.ts";
import { Checkboxes, Select } from "../../ui/fields.tsx";
import { Details, LinkButton } from "../../ui/parts.tsx";
import { reachWords } from "../../words/distance.ts";
import { label } from "../../words/labels.ts";
import { moneyWords } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

const KMS = [1, 2, 5, 10, 20];
const PENCES = [0, 100, 300, 500, 1000];

interface Props {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
  /** Without a place to measure from there are no distances. */
  readonly hasHome: boolean;
  readonly shown: number;
  readonly total: number;
}

export function FilterPanel({ filters, onChange, hasHome, shown, total }: Props) {
  const set = (some: Partial<Filters>): void => onChange({ ...filters, ...some });
  const on = countSet(filters);
  return (
    <div class="kith-filter kith-no-print">
      <Details summary={on === 0 ? t("shortlist.filter.title") : t("shortlist.filter.titleSet", { count: on })}>
        <div class="kith-filter__pairs">
          {hasHome && <Choose id="filter-km" label={t("shortlist.filter.km")} any={t("shortlist.filter.anyKm")} value={filters.km} options={KMS.map((km) => [km, upTo(km)])} onChange={(km) => set({ km })} />}
          <Choose id="filter-pence" label={t("shortlist.filter.pence")} any={t("shortlist.filter.anyPence")} value={filters.pence} options={PENCES.map((pence) => [pence, pence === 0 ? t("shortlist.filter.free") : t("shortlist.filter.upToPence", { money: moneyWords(pence) })])} onChange={(pence) => set({ pence })} />
          <Choose id="filter-day" label={t("shortlist.filter.day")} any={t("shortlist.filter.anyDay")} value={filters.day || null} options={DAYS.map((day) => [day, label("weekday", day)])} onChange={(day) => set({ day: day ?? "" })} />
          <Choose id="filter-part" label={t("shortlist.filter.part")} any={t("shortlist.filter.anyPart")} value={filters.part || null} options={DAYPARTS.map((part) => [part, t(`shortlist.filter.${part}`)])} onChange={(part) => set({ part: part ?? "" })} />
          <Choose id="filter-category" label={t("shortlist.filter.category")} any={t("shortlist.filter.anyCategory")} value={filters.category || null} options={Object.keys(VOCABULARIES.category).map((code) => [code, label("category", code)])} onChange={(category) => set({ category: category ?? "" })} />
        </div>
        <div class="kith-filter__boxes">
          <Checkboxes id="filter-kinds" label={t("shortlist.filter.kinds")} options={RANKED_KINDS.map((kind) => ({ value: kind, label: t(`shortlist.kind.${kind}`) }))} values={filters.kinds} onChange={(kinds) => set({ kinds: kinds as RankedKind[] })} />
          <Checkboxes id="filter-ways" label={t("shortlist.filter.ways")} options={WAYS.map((way) => ({ value: way, label: t(`shortlist.filter.way.${way}`) }))} values={filters.ways} onChange={(ways) => set({ ways: ways as Way[] })} />
          <Checkboxes id="filter-access" label={t("shortlist.filter.access")} options={Object.keys(VOCABULARIES.access).map((code) => ({ value: code, label: label("access", code) }))} values={filters.access} onChange={(access) => set({ access })} />
          <Checkboxes id="filter-places" label={t("shortlist.filter.places")} options={[{ value: "yes", label: t("shortlist.filter.placesLeft") }]} values={filters.places ? ["yes"] : []} onChange={(values) => set({ places: values.length > 0 })} />
        </div>
      </Details>
      <p role="status" class="kith-filter__count">
        {on > 0 && t("shortlist.filter.showing", { count: total, shown })}{" "}
        {on > 0 && shown === 0 && t("shortlist.filter.nothing")}{" "}
        {on > 0 && <LinkButton onClick={() => onChange(NO_FILTERS)}>{t("shortlist.filter.clear")}</LinkButton>}
      </p>
    </div>
  );
}

interface ChooseProps<V> {
  readonly id: string;
  readonly label: string;
  /** What the first option says, which filters nothing. */
  readonly any: string;
  readonly value: V | null;
  readonly options: readonly (readonly [V, string])[];
  readonly onChange: (value: V | null) => void;
}

function Choose<V extends string | number>({ id, label: name, any, value, options, onChange }: ChooseProps<V>) {
  const all = [{ value: "", label: any }, ...options.map(([one, text]) => ({ value: String(one), label: text }))];
  const pick = (text: string): void => onChange(options.find(([one]) => String(one) === text)?.[0] ?? null);
  return <Select id={id} label={name} options={all} value={value === null ? "" : String(value)} onChange={pick} />;
}

/** "Up to 5 km (3 miles)". */
function upTo(km: number): string {
  return t("shortlist.filter.upToKm", { distance: reachWords(km) });
}
