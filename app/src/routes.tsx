/** Which screen an address opens. */

import type { Account } from "@contract/sync/index.ts";
import { type Place } from "./router.ts";
import { areaAt } from "./screens/areas.ts";
import { Home } from "./screens/home/home.tsx";
import { Lost } from "./ui/lost.tsx";

export function Screen({ place, account }: { readonly place: Place; readonly account: Account }) {
  if (place.parts.length === 0) return <Home />;
  const area = areaAt(place, account);
  return area ? <area.Screen key={area.name} place={place} account={account} /> : <Lost />;
}
