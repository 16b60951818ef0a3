/** The map comes when it is first looked at: nothing of it is in the first load of the app. */

import { lazy } from "../../ui/lazy.tsx";
import type { MapProps } from "./map.tsx";

export const MapView = lazy<MapProps>(() => import("./map.tsx"));
