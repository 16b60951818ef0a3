/** The outlines under the map, as this phone keeps them; null until some have come. */

import { useReach } from "../../ui/context.ts";
import { useTopics } from "../../data/live.ts";
import { type BaseMap, readBaseMap } from "../../data/base-map.ts";

export type { BaseMap } from "../../data/base-map.ts";

export function useBaseMap(): BaseMap | null {
  const { kith } = useReach();
  useTopics(kith.live, ["base-map"]);
  return kith.live.get("base-map", () => readBaseMap(kith)) ?? null;
}
