/** The screens of an account: everything that has no tab of its own, and how the app looks and speaks. */

import type { AreaProps } from "../areas.ts";
import { More } from "./more.tsx";
import { Settings } from "./settings.tsx";

export default function AccountArea({ place }: AreaProps) {
  return place.parts[0] === "settings" ? <Settings /> : <More />;
}
