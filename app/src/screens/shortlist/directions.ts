/** How far something is from a person's home, and which way. */

import { wayOf } from "../../data/facets.ts";
import type { Ranked } from "../../data/items.ts";
import { windFrom } from "../../logic/direction.ts";
import { awayWords, metresBetween } from "../../words/distance.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

interface Home {
  readonly easting: number | null;
  readonly northing: number | null;
}

/** "About 2.4 km (1½ miles) away, north-east of their home"; null where nobody has to travel. */
export function wayWords(item: Ranked, home: Home): string | null {
  if (wayOf(item) !== "there") return null;
  const metres = metresBetween(home, item.doc);
  if (metres === null) return t("shortlist.item.unknown");
  const distance = capital(awayWords(metres));
  const wind = windFrom(home, item.doc);
  return wind === null ? t("shortlist.item.directionHere", { distance }) : t("shortlist.item.direction", { distance, wind: t(`shortlist.wind.${wind}`) });
}
