/** What Leaflet draws: outlines or a plain grid, the names of districts, the person's home, and numbered pins. */

import { control, divIcon, latLngBounds, layerGroup, type LayerGroup, Map as LeafletMap, marker, polygon, polyline, svg, tileLayer } from "leaflet";
import { beside, type Cluster, clusters, gridStep, pinText } from "../../logic/clusters.ts";
import { t } from "../../words/t.ts";
import type { BaseMap } from "./base-map.ts";
import { LEVELS, metresPerPixel, NATIONAL_GRID, point } from "./national-grid.ts";

export interface MapPin {
  readonly number: number;
  readonly name: string;
  readonly easting: number;
  readonly northing: number;
}

interface Place {
  readonly easting: number | null;
  readonly northing: number | null;
}

interface Told {
  readonly onPick: (numbers: readonly number[]) => void;
  /** How wide the squares of the grid are now, in metres. */
  readonly onGrid: (metres: number) => void;
}

/** Wide enough for a thumb. */
const PIN_PX = 44;
const GRID_PX = 72;
const ROOM_PX = 32;
/** Small areas are drawn from here on: further out they would be a blur. */
const SMALL_FROM = 4;
const ALONE_M = 4000;
const MOST_LINES = 80;

export class Canvas {
  private readonly map: LeafletMap;
  private readonly grid = layerGroup();
  private readonly base = layerGroup();
  private readonly small = layerGroup();
  private readonly pins = layerGroup();
  private shown: readonly MapPin[] = [];
  private home: { readonly easting: number; readonly northing: number } | null = null;

  constructor(box: HTMLElement, private readonly told: Told) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = new LeafletMap(box, {
      crs: NATIONAL_GRID, renderer: svg({ padding: 1 }), minZoom: LEVELS.least, maxZoom: LEVELS.most, zoomControl: false, attributionControl: false, scrollWheelZoom: false,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    });
    this.map.setView(point(560_000, 205_000), 3);
    control.zoom({ position: "bottomright", zoomInTitle: t("shortlist.map.zoomIn"), zoomOutTitle: t("shortlist.map.zoomOut") }).addTo(this.map);
    control.scale({ position: "bottomleft" }).addTo(this.map);
    for (const layer of [this.grid, this.small, this.base, this.pins]) layer.addTo(this.map);
    this.map.on("zoomend", () => this.redraw());
    // The pins stay as they are when the map only moves: one of them may have the focus.
    this.map.on("moveend", () => this.drawGrid());
  }

  remove(): void {
    // Leaflet tells of a move a while after the window changed its size, also of a map that is gone by then.
    for (const event of ["zoomend", "moveend"]) this.map.off(event);
    this.map.remove();
  }

  /** Outlines where there are some; else the names of districts on a plain grid. */
  drawBase(base: BaseMap | null, districts: readonly (Place & { readonly name: string })[]): void {
    this.base.clearLayers();
    this.small.clearLayers();
    if (base?.tiles) tileLayer(base.tiles, { maxZoom: LEVELS.most, minZoom: LEVELS.least }).addTo(this.base);
    for (const { rings } of base?.districts ?? []) polygon(rings.map((ring) => ring.map(([x, y]) => point(x, y))), { className: "kith-map__district", interactive: false }).addTo(this.base);
    for (const ring of base?.small ?? []) polyline(ring.map(([x, y]) => point(x, y)), { className: "kith-map__small", interactive: false }).addTo(this.small);
    for (const { name, easting, northing } of districts) if (easting !== null && northing !== null) nameAt(this.base, name, easting, northing);
    this.redraw();
  }

  drawPins(pins: readonly MapPin[], home: { readonly easting: number; readonly northing: number } | null): void {
    [this.shown, this.home] = [pins, home];
    this.showAll();
    this.redraw();
  }

  /** Move so that every pin and the home are within sight. */
  showAll(): void {
    const all = [...this.shown, ...(this.home ? [this.home] : [])].map(({ easting, northing }) => point(easting, northing));
    const [only] = all;
    if (!only) return;
    const bounds = latLngBounds(all.map((one) => one as [number, number]));
    this.map.fitBounds(all.length === 1 ? bounds.pad(0).extend(around(only as [number, number])) : bounds, { padding: [ROOM_PX, ROOM_PX], animate: false });
  }

  private redraw(): void {
    this.drawGrid();
    const zoom = this.map.getZoom();
    if (zoom >= SMALL_FROM) this.small.addTo(this.map);
    else this.small.remove();
    this.pins.clearLayers();
    const placed = this.shown.map(({ number, easting, northing }) => ({ number, ...xy(this.map.project(point(easting, northing), zoom)) }));
    const drawn = clusters(placed, PIN_PX);
    if (this.home) this.drawHome(this.home, drawn, zoom);
    for (const cluster of drawn) this.drawPin(cluster.numbers);
  }

  /** A dot where the home is, its word beside it where no pin is in the way. */
  private drawHome({ easting, northing }: { readonly easting: number; readonly northing: number }, pins: readonly Cluster[], zoom: number): void {
    const at = point(easting, northing);
    const still = { keyboard: false, interactive: false, zIndexOffset: 1000 };
    const [x, y] = beside(this.map.project(at, zoom), pins);
    marker(at, { ...still, zIndexOffset: -1000, icon: divIcon({ className: "kith-pin--here", iconSize: [14, 14] }) }).addTo(this.pins);
    marker(at, { ...still, icon: divIcon({ className: "kith-pin kith-pin--home", html: escaped(t("shortlist.map.home")), iconSize: [64, 28], iconAnchor: [32 - x, 14 - y] }) }).addTo(this.pins);
  }

  private drawPin(numbers: readonly number[]): void {
    const first = this.shown.find(({ number }) => number === numbers[0]);
    if (!first) return;
    const names = numbers.map((number) => t("shortlist.map.marker", { number, name: this.shown.find((pin) => pin.number === number)?.name }));
    const icon = divIcon({ className: "kith-pin", html: escaped(pinText(numbers)), iconSize: [PIN_PX, PIN_PX] });
    const made = marker(point(first.easting, first.northing), { icon, title: names.join("\n") }).addTo(this.pins);
    const pick = (): void => this.told.onPick(numbers);
    made.on("click", pick);
    const element = made.getElement();
    element?.setAttribute("aria-label", numbers.length === 1 ? names.join() : `${pinText(numbers)}: ${names.join(", ")}`);
    // Leaflet lets a pin be reached by the keyboard, and not be pressed.
    element?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      pick();
    });
  }

  private drawGrid(): void {
    this.grid.clearLayers();
    const step = gridStep(metresPerPixel(this.map.getZoom()), GRID_PX);
    this.told.onGrid(step);
    const bounds = this.map.getBounds().pad(1);
    const [west, east, south, north] = [bounds.getWest(), bounds.getEast(), bounds.getSouth(), bounds.getNorth()];
    const options = { className: "kith-map__grid", interactive: false };
    for (const x of every(step, west, east)) polyline([point(x, south), point(x, north)], options).addTo(this.grid);
    for (const y of every(step, south, north)) polyline([point(west, y), point(east, y)], options).addTo(this.grid);
  }
}

function every(step: number, from: number, until: number): number[] {
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.min(MOST_LINES, Math.max(0, Math.floor((until - first) / step) + 1)) }, (_, n) => first + n * step);
}

function nameAt(layer: LayerGroup, name: string, easting: number, northing: number): void {
  marker(point(easting, northing), { icon: divIcon({ className: "kith-map__name", html: escaped(name), iconSize: [120, 20] }), keyboard: false, interactive: false, zIndexOffset: -10_000 }).addTo(layer);
}

function around([north, east]: readonly [number, number]): [[number, number], [number, number]] {
  return [[north - ALONE_M, east - ALONE_M], [north + ALONE_M, east + ALONE_M]];
}

function xy({ x, y }: { readonly x: number; readonly y: number }) {
  return { x, y };
}

/** Names are text, whatever somebody wrote into one. */
function escaped(text: string): HTMLElement {
  const span = document.createElement("span");
  span.textContent = text;
  return span;
}
