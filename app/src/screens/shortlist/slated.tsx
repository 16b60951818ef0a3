/** The lines of a slate and what stands further down, filtered, as a list or beside a map. */

import { useMemo } from "preact/hooks";
import type { ShownItem } from "@contract/ranker/index.ts";
import type { PlacementDoc } from "@generated/contract.ts";
import { bySubject, byId, FacetReader } from "../../data/facets.ts";
import { countSet, NO_FILTERS, passes } from "../../logic/filters.ts";
import { picked as pickedNext } from "../../logic/compare.ts";
import { rankOne } from "../../rank/slate.ts";
import { at, usePlace } from "../../router.ts";
import { today, useList, useOnce, useReach } from "../../ui/context.ts";
import { useKept } from "../../ui/kept.ts";
import { Button, ButtonLink } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { choose, type Picked } from "./choose.ts";
import { FilterPanel } from "./filter-panel.tsx";
import { Line } from "./line.tsx";
import { MapView } from "./lazy-map.tsx";
import { NotShown } from "./not-shown.tsx";
import { PickedBar } from "./picked-bar.tsx";
import type { Both, Ready } from "./use-slate.ts";
import { ViewSwitch } from "./view-switch.tsx";

/** A line by its number on the whole list, which filters never change. */
export interface Row {
  readonly number: number;
  readonly id: string;
  readonly kind: PlacementDoc["item_kind"];
}

interface Props {
  readonly ready: Ready;
  readonly both: Both;
  readonly kept: string;
  readonly placements: readonly PlacementDoc[];
  readonly picked: readonly string[];
  readonly onPicked: (ids: readonly string[]) => void;
  readonly thing: (id: string) => Picked | undefined;
  readonly onDecline: (row: Row) => void;
}

/** So many of what stands further down come at a time. */
const STEP = 10;

export function Slated({ ready, both, kept, placements, picked, onPicked, thing, onDecline }: Props) {
  const reach = useReach();
  const { referral, person } = both;
  const schedules = useList("schedule");
  const counts = useList("place_count");
  const [filters, setFilters] = useKept(`filters ${kept}`, NO_FILTERS);
  const [opened, setOpened] = useKept(`opened ${kept}`, 0);
  const once = useOnce();
  const isMap = usePlace().query.get("view") === "map";
  const times = useMemo(() => bySubject(schedules), [schedules]);
  const places = useMemo(() => byId(counts), [counts]);
  const facets = useMemo(() => new FacetReader(times, places, person.doc, today()), [times, places, person]);
  const all = useMemo(() => rowsOf(ready), [ready]);
  const read = useMemo(() => reader(ready, both), [ready]);
  const through = useMemo(() => all.filter(({ id }) => isThrough(ready, facets, id, filters)), [all, facets, filters]);
  const first = ready.slate.items.length;
  const further = through.filter(({ number }) => number > first);
  const drawn = [...through.filter(({ number }) => number <= first), ...further.slice(0, countSet(filters) > 0 ? Math.max(opened, STEP) : opened)];
  const left = through.length - drawn.length;
  const line = (row: Row) => (
    <Line
      key={row.id} number={row.number} shown={read(row)} item={ready.items.get(row.id)} referralId={referral.id} placements={placements}
      schedules={(times.get(row.id) ?? []).map(({ doc }) => doc)} isFull={places.get(row.id)?.doc.places_open === 0}
      isPicked={picked.includes(row.id)} onPick={() => onPicked(pickedNext(picked, row.id))} onDecline={() => onDecline(row)}
      onChoose={() => once(async () => { const one = thing(row.id); return one !== undefined && choose(reach, one, referral); })}
    />
  );
  const top = drawn.filter(({ number }) => number <= first);
  const rest = drawn.filter(({ number }) => number > first);
  return (
    <>
      {all.length === 0 && <p>{t("shortlist.none")}</p>}
      <ViewSwitch isMap={isMap} href={at("referrals", referral.id, "shortlist")} />
      <FilterPanel filters={filters} onChange={setFilters} hasHome={person.doc.easting != null} shown={through.length} total={all.length} />
      {isMap && <MapView things={drawn.flatMap((row) => { const item = ready.items.get(row.id); return item ? [{ number: row.number, item }] : []; })} home={person.doc} query={`?from=${referral.id}`} />}
      <ol class="kith-slate">{top.map(line)}</ol>
      {rest.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">{t("shortlist.more.title")}</h2>
          <p class="kith-quiet">{t("shortlist.more.text")}</p>
          <ol class="kith-slate" start={rest[0]?.number}>{rest.map(line)}</ol>
        </>
      )}
      {left > 0 && (
        <p class="kith-no-print">
          <span class="kith-quiet">{t("shortlist.more.left", { count: left })}</span>{" "}
          <Button look="secondary" onClick={() => setOpened(Math.max(rest.length, opened) + STEP)}>{t("shortlist.more.show", { count: Math.min(left, STEP) })}</Button>
        </p>
      )}
      <ButtonLink href={at("referrals", referral.id, "nothing")} look="secondary">{t("shortlist.nothing")}</ButtonLink>
      {ready.slate.excluded.length > 0 && <NotShown excluded={ready.slate.excluded} items={ready.items} referralId={referral.id} />}
      <PickedBar names={picked.map((id) => ready.items.get(id)?.doc.name ?? "")} href={`${at("referrals", referral.id, "shortlist")}?compare`} onStop={() => onPicked([])} />
    </>
  );
}

/** Every line in its order: the slate as it was shown, then what was eligible and did not fit on it. */
export function rowsOf({ slate }: Ready): readonly Row[] {
  return [...slate.items, ...slate.unshown].map(({ id, kind }, n) => ({ number: n + 1, id, kind }));
}

function isThrough({ items }: Ready, facets: FacetReader, id: string, filters: typeof NO_FILTERS): boolean {
  const item = items.get(id);
  return item !== undefined && passes(facets.of(item), filters);
}

/** What the ranker says of a line; of those further down only when somebody looks. */
export function reader(ready: Ready, { referral, person }: Both): (row: Row) => ShownItem {
  const read = new Map(ready.slate.items.map((one) => [one.id, one]));
  return ({ id }) => {
    const candidate = ready.candidates.get(id);
    const shown = read.get(id) ?? (candidate && rankOne(ready.ranker, referral, person, candidate, today()).items[0]);
    if (shown === undefined) throw new Error("a line of the shortlist is none");
    read.set(id, shown);
    return shown;
  };
}
