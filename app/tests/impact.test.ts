import { expect, test } from "vitest";
import type { ClaimDoc, EntryDoc, ExchangeDoc } from "@generated/contract.ts";
import type { Item } from "../src/data/live.ts";
import { givenBy, impactIn, monthsOf } from "../src/logic/impact.ts";

const at = { version: 1, pending: false, commands: [] };
const day = (instant: string): string => instant.slice(0, 10);
const claim = (id: string, doc: Partial<ClaimDoc>): Item<"claim"> => ({ ...at, kind: "claim", id, doc: { volunteer_id: "v1", status: "done", ...doc } as ClaimDoc });
const exchange = (id: string, doc: Partial<ExchangeDoc>): Item<"exchange"> =>
  ({ ...at, kind: "exchange", id, doc: { giver_volunteer_id: "v1", status: "settled", minutes: 60, day_on: "2026-11-01", ...doc } as ExchangeDoc });
const entry = (id: string, doc: Partial<EntryDoc>): Item<"entry"> =>
  ({ ...at, kind: "entry", id, doc: { volunteer_id: "v1", type: "session", minutes: 90, day_on: "2026-10-05", reversed_at: null, ...doc } as EntryDoc });

const GIVEN = givenBy(
  "v1",
  [
    claim("a", { ended_at: "2026-11-20T11:00:00Z", minutes: 40 }), claim("b", { ended_at: "2025-12-31T11:00:00Z", minutes: 30 }),
    claim("c", { status: "released", ended_at: "2026-11-20T11:00:00Z" }), claim("d", { volunteer_id: "v2", ended_at: "2026-11-20T11:00:00Z", minutes: 99 }),
  ],
  [exchange("e", {}), exchange("f", { status: "confirmed" }), exchange("g", { giver_volunteer_id: "v2" })],
  [entry("h", {}), entry("i", { type: "task" }), entry("j", { minutes: -90 }), entry("k", { reversed_at: "2026-10-06T09:00:00Z" })],
  day,
);

test("time counts once: a task's minutes not again as its time bank's entry, and nothing that was undone or received", () => {
  expect(impactIn("2026", GIVEN, ["2026-11-21", "2025-01-01"])).toEqual({ minutes: 40 + 60 + 90, tasks: 1, exchanges: 1, sessions: 1, thanks: 1 });
});

test("a month counts what was given in it, and last year is another year", () => {
  expect([impactIn("2026-11", GIVEN, []).minutes, impactIn("2026-10", GIVEN, []).minutes, impactIn("2025", GIVEN, []).minutes]).toEqual([100, 90, 30]);
});

test("the months of this year end with the present one, those of another are twelve", () => {
  const months = monthsOf("2026", GIVEN, "2026-11-22");
  expect([months.length, months.at(-1), months[0]]).toEqual([11, { month: "2026-11", minutes: 100 }, { month: "2026-01", minutes: 0 }]);
  expect(monthsOf("2025", GIVEN, "2026-11-22").length).toBe(12);
});
