/** A map of what the list shows: same numbers, same things. Whatever is picked on it is told in words below it. */

import "leaflet/dist/leaflet.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { wayOf } from "../../data/facets.ts";
import type { Ranked } from "../../data/items.ts";
import { at } from "../../router.ts";
import { useList } from "../../ui/context.ts";
import { LinkButton } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { useBaseMap } from "./base-map.ts";
import { Canvas } from "./map-canvas.ts";

export interface Thing {
  readonly number: number;
  readonly item: Ranked;
}

export interface MapProps {
  readonly things: readonly Thing[];
  readonly home: { readonly easting: number | null; readonly northing: number | null } | null;
  /** What follows the address of a thing, such as the referral it is looked at for. */
  readonly query: string;
}

export default function MapView({ things, home, query }: MapProps) {
  const box = useRef<HTMLDivElement>(null);
  const [canvas, setCanvas] = useState<Canvas | null>(null);
  const [picked, setPicked] = useState<readonly number[]>([]);
  const [km, setKm] = useState(0);
  const districts = useList("district");
  const base = useBaseMap();
  useEffect(() => {
    if (!box.current) return;
    const made = new Canvas(box.current, { onPick: setPicked, onGrid: (metres) => setKm(metres / 1000) });
    setCanvas(made);
    return () => made.remove();
  }, []);
  useEffect(() => canvas?.drawBase(base, districts.map(({ doc }) => doc)), [canvas, base, districts]);
  const placed = things.filter(({ item }) => isPlaced(item));
  const key = placed.map(({ number, item }) => `${number} ${item.id}`).join(" ");
  useEffect(() => {
    setPicked([]);
    canvas?.drawPins(placed.map(({ number, item }) => ({ number, name: item.doc.name, easting: item.doc.easting ?? 0, northing: item.doc.northing ?? 0 })), homeOf(home));
  }, [canvas, key, home?.easting, home?.northing]);
  const unplaced = things.length - placed.length;
  return (
    <section class="kith-map kith-no-print">
      <div ref={box} class="kith-map__box" role="region" aria-label={t("shortlist.map.label")} />
      <p class="kith-map__below">
        <LinkButton onClick={() => canvas?.showAll()}>{t("shortlist.map.whole")}</LinkButton>
        <span class="kith-quiet">
          {km > 0 && t("shortlist.map.grid", { km })} {unplaced > 0 && t("shortlist.map.unplaced", { count: unplaced })}
        </span>
      </p>
      {base?.attribution && <p class="kith-quiet kith-map__from">{base.attribution}</p>}
      <div role="status">
        {picked.length > 0 && (
          <ul class="nhsuk-list kith-map__picked">
            {things.filter(({ number }) => picked.includes(number)).map(({ number, item }) => (
              <li key={item.id}>
                {number}. <a href={`${at("items", item.kind, item.id)}${query}`}>{item.doc.name}</a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function isPlaced(item: Ranked): boolean {
  return wayOf(item) === "there" && item.doc.easting != null && item.doc.northing != null;
}

function homeOf(home: MapProps["home"]): { readonly easting: number; readonly northing: number } | null {
  return home?.easting != null && home.northing != null ? { easting: home.easting, northing: home.northing } : null;
}
