/** The same story on every client. */

import { describe, test } from "node:test";
import { ours } from "./our_phone.ts";
import { rxdb } from "./rxdb_phone.ts";
import { play, scenarios } from "./scenarios.ts";
import { options } from "./stage.ts";
import { watermelon } from "./watermelon_phone.ts";

/** KITH_ONLY="RxDB: a deletion" plays what begins so. */
const only = process.env["KITH_ONLY"] ?? "";

for (const client of [ours, watermelon, rxdb]) {
  describe(client.name, () => {
    const chosen = scenarios.filter(({ name }) => `${client.name}: ${name}`.startsWith(only));
    for (const scenario of chosen) test(scenario.name, options, () => play(client, scenario));
  });
}
