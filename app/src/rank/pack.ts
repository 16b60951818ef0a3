/** The ranker on this phone: taken after a sync, checked before it is kept, and never lost to a broken download. */

import { loadPack, PackError, type Pack } from "@contract/ranker/index.ts";
import type { Manifest } from "@contract/sync/index.ts";
import type { KeptPack } from "../data/database.ts";
import type { Kith } from "../data/kith.ts";
import { instantOf } from "../words/dates.ts";
import { t } from "../words/t.ts";

const DAY_MS = 86_400_000;
const TROUBLE = "pack-trouble";

export interface Ranker {
  readonly pack: Pack | null;
  readonly version: string | null;
  readonly ageDays: number;
  /** A sentence when the newest ranker could not be used; null when all is well. */
  readonly trouble: string | null;
}

/** Take the ranker that the server now serves, if this phone has another one. True when something changed. */
export async function refreshPack(kith: Kith): Promise<boolean> {
  const model = (await kith.client.manifest())?.model;
  if (!model) return false;
  const kept = await kith.database.get("packs", "pack");
  if (kept?.sha256 === model.pack_sha256) return confirm(kith, kept);
  const bytes = await kith.client.download(`/v1/models/${encodeURIComponent(model.version)}/pack`);
  if (bytes === null) return false;
  await keep(kith, model, bytes);
  kith.live.changed(["pack"]);
  return true;
}

async function keep(kith: Kith, model: NonNullable<Manifest["model"]>, bytes: Uint8Array): Promise<void> {
  const { database } = kith;
  try {
    await loadPack(bytes, { version: model.version, sha256: model.pack_sha256 });
  } catch (error) {
    await database.put("settings", { name: TROUBLE, value: whyNot(error) });
    return;
  }
  const now = instantOf(new Date());
  await database.put("packs", { id: "pack", version: model.version, sha256: model.pack_sha256, bytes, fetched_at: now, confirmed_at: now });
  await database.delete("settings", TROUBLE);
}

/** What is kept is a code: the words for it are in the language of whoever reads them. */
type Trouble = "forNewerApp" | "damaged" | "unreadable";

function whyNot(error: unknown): Trouble {
  return error instanceof PackError && error.slug === "pack-schema" ? "forNewerApp" : "damaged";
}

function troubleWords(trouble: unknown): string | null {
  if (trouble === undefined) return null;
  return t(`shortlist.trouble.${trouble === "forNewerApp" || trouble === "unreadable" ? trouble : "damaged"}`);
}

/** Note, at most once a day, that the kept pack is still the one that is served. */
async function confirm(kith: Kith, kept: KeptPack): Promise<boolean> {
  if (Date.now() - Date.parse(kept.confirmed_at) < DAY_MS) return false;
  await kith.database.put("packs", { ...kept, confirmed_at: instantOf(new Date()) });
  return false;
}

const opened = new Map<string, Promise<Pack>>();

/** The kept pack, opened once; without one, or with a damaged one, the rules rank. */
export async function readRanker(kith: Kith): Promise<Ranker> {
  const kept = await kith.database.get("packs", "pack");
  const trouble = troubleWords((await kith.database.get("settings", TROUBLE))?.value);
  if (!kept) return { pack: null, version: null, ageDays: 0, trouble };
  const ageDays = Math.floor((Date.now() - Date.parse(kept.confirmed_at)) / DAY_MS);
  try {
    const pack = opened.get(kept.sha256) ?? loadPack(kept.bytes, { sha256: kept.sha256 });
    opened.set(kept.sha256, pack);
    return { pack: await pack, version: kept.version, ageDays, trouble };
  } catch {
    return { pack: null, version: null, ageDays: 0, trouble: troubleWords("unreadable") };
  }
}
