/** A small demotion for what was much asked for lately; `server/recommend/demand.py` takes off the same and says why. */

import type { Inputs } from "./inputs.ts";

/** What one acceptance takes off, and after how many nothing more. */
const STEP = 0.1;
const MOST = 20;
const MANY = 5;

/** What was taken off, as a reason of its own. */
export interface Demand {
  /** From 0 up; the score is already less by it. */
  demotion: number;
  /** Said when it weighs; null when few asked. */
  text: string | null;
}

/** How it is named in a policy. */
export const DEMAND_POLICY = `demand${STEP}`;

/** The name under which what was taken off stands among the contributions. */
export const DEMAND = "demand";

export const NO_DEMAND: Demand = { demotion: 0, text: null };

export function demandOf({ places_total: total, places_open: open, chosen_90d: chosen = 0 }: Inputs): Demand {
  const taken = total === undefined || open === undefined ? 0 : total - open;
  const asked = Math.max(chosen, taken, 0);
  return { demotion: STEP * Math.min(asked, MOST), text: asked < MANY ? null : "Much asked for lately." };
}
