/** The same story on every client. */

import { describe, test } from "node:test";
import { ours } from "./our_phone.ts";
import { play, scenarios } from "./scenarios.ts";
import { options } from "./stage.ts";
import { watermelon } from "./watermelon_phone.ts";

for (const client of [ours, watermelon]) {
  describe(client.name, () => {
    for (const scenario of scenarios) test(scenario.name, options, () => play(client, scenario));
  });
}
