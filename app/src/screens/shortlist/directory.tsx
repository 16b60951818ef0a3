/** The directory: all groups, services, roles and offers, found by words, filters and distance, without a referral. */

import { useMemo } from "preact/hooks";
import { bySubject, byId, FacetReader } from "../../data/facets.ts";
import { type Ranked, RANKED_KINDS } from "../../data/items.ts";
import { type Facets, NO_FILTERS, passes } from "../../logic/filters.ts";
import { folded, hasWords, wordsOf } from "../../logic/found.ts";
import { nextSession, sessionWords } from "../../logic/session.ts";
import { at, usePlace } from "../../router.ts";
import { today, useList, useLoaded } from "../../ui/context.ts";
import { TextField } from "../../ui/fields.tsx";
import { useKept } from "../../ui/kept.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Row } from "../../ui/parts.tsx";
import { addressOf, placesWords } from "../../words/candidate.ts";
import { clockOf, spanWords } from "../../words/dates.ts";
import { awayWords } from "../../words/distance.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { locale, t } from "../../words/t.ts";
import { FilterPanel } from "./filter-panel.tsx";
import { MapView } from "./lazy-map.tsx";
import { NearField, useNear } from "./near.tsx";
import { ViewSwitch } from "./view-switch.tsx";

const STEP = 20;

interface Entry {
  readonly item: Ranked;
  readonly text: string;
}

export default function Directory() {
  const entries = useEntries();
  const schedules = useList("schedule");
  const counts = useList("place_count");
  const [typed, setTyped] = useKept("directory-typed", "");
  const [filters, setFilters] = useKept("directory-filters", NO_FILTERS);
  const [most, setMost] = useKept("directory-most", STEP);
  const near = useNear();
  const isMap = usePlace().query.get("view") === "map";
  const times = useMemo(() => bySubject(schedules), [schedules]);
  const places = useMemo(() => byId(counts), [counts]);
  const facets = useMemo(() => new FacetReader(times, places, near.place, today()), [times, places, near.place]);
  const found = useMemo(() => entries && search(entries, typed, (item) => passes(facets.of(item), filters)), [entries, typed, facets, filters]);
  const ordered = useMemo(() => found && (near.place ? nearestFirst(found, (item) => facets.of(item)) : found), [found, facets]);
  if (!ordered || !entries) return null;
  const drawn = ordered.slice(0, most);
  return (
    <Page title={t("shortlist.directory.title")}>
      <TextField id="search" type="search" label={t("shortlist.directory.search")} value={typed} onChange={setTyped} />
      <NearField near={near} />
      <ViewSwitch isMap={isMap} href={at("directory")} />
      <FilterPanel filters={filters} onChange={setFilters} hasHome={near.place !== null} shown={ordered.length} total={entries.length} />
      <p role="status">{ordered.length > 0 ? t("shortlist.directory.count", { count: ordered.length }) : t(entries.length === 0 ? "shortlist.directory.empty" : "shortlist.directory.none")}</p>
      {isMap && <MapView things={drawn.map((item, n) => ({ number: n + 1, item }))} home={near.place} query="" />}
      <ul class="kith-list">
        {drawn.map((item, n) => (
          <Row key={item.id} href={at("items", item.kind, item.id)} name={isMap ? t("shortlist.map.marker", { number: n + 1, name: item.doc.name }) : item.doc.name}>
            {rowWords(item, facets.of(item), (times.get(item.id) ?? []).map(({ doc }) => doc), near.place !== null)}
          </Row>
        ))}
      </ul>
      {ordered.length > most && <Button look="secondary" onClick={() => setMost(most + STEP)}>{t("shortlist.more.show", { count: Math.min(STEP, ordered.length - most) })}</Button>}
    </Page>
  );
}

/** Everything by name, each with the text that is searched; made once for each state of the records. */
function useEntries(): readonly Entry[] | undefined {
  const lists = RANKED_KINDS.map((kind) => useLoaded(kind) as readonly Ranked[] | undefined);
  const organisations = useLoaded("organisation");
  return useMemo(() => {
    if (!organisations || lists.some((list) => list === undefined)) return undefined;
    const names = new Map(organisations.map(({ id, doc }) => [id, doc.name]));
    const order = new Intl.Collator(locale());
    const items = lists.flatMap((list) => list ?? []).filter(isOpen).sort((a, b) => order.compare(a.doc.name, b.doc.name));
    return items.map((item) => ({ item, text: textOf(item, names) }));
  }, [organisations, ...lists]);
}

function isOpen({ doc }: Ranked): boolean {
  return doc.status === "active" || doc.status === "open" || doc.status === "paused";
}

function textOf(item: Ranked, organisations: ReadonlyMap<string, string>): string {
  const doc = item.doc as { readonly description?: string | null; readonly organisation_id?: string | null; readonly other_categories?: readonly string[] };
  const categories = [item.doc.category, ...(doc.other_categories ?? [])].map((code) => label("category", code));
  return folded([item.doc.name, doc.description, addressOf(item), item.doc.postcode, organisations.get(doc.organisation_id ?? ""), ...categories].filter(Boolean).join(" "));
}

export function search(entries: readonly Entry[], typed: string, isThrough: (item: Ranked) => boolean): readonly Ranked[] {
  const words = wordsOf(typed);
  return entries.filter(({ item, text }) => hasWords(text, words) && isThrough(item)).map(({ item }) => item);
}

/** The nearest first; what comes to people or is online is as near as can be, what has no place comes last. */
function nearestFirst(items: readonly Ranked[], facetsOf: (item: Ranked) => Facets): readonly Ranked[] {
  const km = new Map(items.map((item) => [item, facetsOf(item).km ?? Infinity]));
  return [...items].sort((a, b) => { const [left = 0, right = 0] = [km.get(a), km.get(b)]; return left === right ? 0 : left - right; });
}

function rowWords(item: Ranked, facets: Facets, schedules: Parameters<typeof nextSession>[0], isNear: boolean): string {
  const when = whenOf(item, schedules);
  const where = facets.way === "online" ? t("shortlist.item.online") : facets.way === "home" ? t("shortlist.filter.way.home") : isNear && facets.km !== null ? capital(awayWords(facets.km * 1000)) : addressOf(item);
  const kind = item.kind === "asset" ? label("category", item.doc.category) : t(`shortlist.kind.${item.kind}`);
  return [kind, where, when && capital(when), facets.places === null ? null : placesWords(facets.places)].filter(Boolean).join(" · ");
}

/** A task has a time of its own, all else is next on at some session; null when none is near. */
function whenOf(item: Ranked, schedules: Parameters<typeof nextSession>[0]): string | null {
  const now = new Date();
  if (item.kind === "task") return spanWords(item.doc.window_from_at, item.doc.window_until_at, now);
  const next = nextSession(schedules, today(), clockOf(now));
  return next && sessionWords(next, today());
}
