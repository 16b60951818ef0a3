/** The outlines under the map: taken after a sync when the server has others, kept beside the records, public data. */

import { ProblemError } from "@contract/sync/index.ts";
import type { Kith } from "./kith.ts";

type Ring = readonly (readonly [number, number])[];

export interface BaseMap {
  readonly version: string;
  /** Whom the outlines are from, as their licence asks to be said. */
  readonly attribution: string;
  /** An address of tiles on the National Grid, where the server was told one. */
  readonly tiles: string | null;
  readonly districts: readonly { readonly code: string; readonly rings: readonly Ring[] }[];
  /** Lines between small areas. */
  readonly small: readonly Ring[];
}

interface Packed {
  readonly format: string;
  readonly version: string;
  readonly attribution: string;
  readonly tiles: string | null;
  /** Metres in one step of a line. */
  readonly step: number;
  readonly districts: readonly { readonly code: string; readonly rings: readonly (readonly number[])[] }[];
  readonly small: readonly (readonly number[])[];
}

const NAME = "base-map";
const FORMAT = "kith-base-map/1";
const DAY_MS = 86_400_000;

interface Kept {
  readonly at: number;
  readonly packed: Packed | null;
}

/** Ask, at most once a day, whether there are other outlines; what does not come leaves the kept ones as they are. */
export async function refreshBaseMap(kith: Kith, now = Date.now()): Promise<void> {
  const kept = await keptMap(kith);
  if (kept !== null && now - kept.at < DAY_MS) return;
  const known = kept?.packed ? { "if-none-match": `"${kept.packed.version}"` } : {};
  const bytes = await kith.client.download("/v1/base-map", known).catch(noneThere);
  const packed = (bytes && readPacked(bytes)) ?? kept?.packed ?? null;
  await kith.database.put("settings", { name: NAME, value: { at: now, packed } satisfies Kept });
  if (packed !== kept?.packed) kith.live.changed([NAME]);
}

/** A server that has no outlines has answered: it is asked again tomorrow, not after each sync. */
function noneThere(error: unknown): null {
  if (error instanceof ProblemError && error.problem.status === 404) return null;
  throw error;
}

export async function readBaseMap(kith: Kith): Promise<BaseMap | null> {
  const packed = (await keptMap(kith))?.packed;
  return packed ? unpacked(packed) : null;
}

async function keptMap({ database }: Kith): Promise<Kept | null> {
  return ((await database.get("settings", NAME))?.value as Kept | undefined) ?? null;
}

/** What came, or null when it is no base map that this app can draw. */
export function readPacked(bytes: Uint8Array): Packed | null {
  try {
    const read = JSON.parse(new TextDecoder().decode(bytes)) as Packed;
    return read.format === FORMAT && read.step > 0 && Array.isArray(read.districts) && Array.isArray(read.small) ? read : null;
  } catch {
    return null;
  }
}

export function unpacked({ version, attribution, tiles, step, districts, small }: Packed): BaseMap {
  return {
    version, attribution, tiles,
    districts: districts.map(({ code, rings }) => ({ code, rings: rings.map((line) => along(line, step)) })),
    small: small.map((line) => along(line, step)),
  };
}

/** From "where it begins, then how far each time" to places in metres. */
function along(line: readonly number[], step: number): Ring {
  const places: [number, number][] = [];
  let [x, y] = [0, 0];
  for (let n = 0; n + 1 < line.length; n += 2) {
    x += line[n] ?? 0;
    y += line[n + 1] ?? 0;
    places.push([x * step, y * step]);
  }
  return places;
}
