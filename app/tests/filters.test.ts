import { describe, expect, test } from "vitest";
import { ProblemError } from "@contract/sync/index.ts";
import type { Kith } from "../src/data/kith.ts";
import { readPacked, refreshBaseMap, unpacked } from "../src/data/base-map.ts";
import { beside, clusters, gridStep, pinText } from "../src/logic/clusters.ts";
import { comingDays } from "../src/logic/coming.ts";
import { compare, picked } from "../src/logic/compare.ts";
import { windFrom } from "../src/logic/direction.ts";
import { folded, hasWords, wordsOf } from "../src/logic/found.ts";
import { countSet, type Facets, NO_FILTERS, passes } from "../src/logic/filters.ts";

const choir: Facets = {
  kind: "asset", km: 2.4, slots: ["tue_pm"], pence: 300, way: "there", categories: ["music", "social_group"], access: ["step_free"], places: 4,
};

describe("Filters", () => {
  test("let everything through until one is set", () => {
    expect(passes(choir, NO_FILTERS)).toBe(true);
    expect(passes({ ...choir, km: null, pence: null, places: 0, slots: [] }, NO_FILTERS)).toBe(true);
  });

  test("by distance keep what is as near as asked, and what comes to the person", () => {
    expect(passes(choir, { ...NO_FILTERS, km: 2.4 })).toBe(true);
    expect(passes(choir, { ...NO_FILTERS, km: 2 })).toBe(false);
    expect(passes({ ...choir, way: "online", km: 0 }, { ...NO_FILTERS, km: 1 })).toBe(true);
  });

  test("never pass what nobody has recorded", () => {
    expect(passes({ ...choir, km: null }, { ...NO_FILTERS, km: 50 })).toBe(false);
    expect(passes({ ...choir, pence: null }, { ...NO_FILTERS, pence: 0 })).toBe(false);
    expect(passes({ ...choir, slots: [] }, { ...NO_FILTERS, day: "tue" })).toBe(false);
    expect(passes({ ...choir, access: [] }, { ...NO_FILTERS, access: ["step_free"] })).toBe(false);
  });

  test("by day and part of the day want both in one session", () => {
    const twice = { ...choir, slots: ["tue_pm", "thu_eve"] };
    expect(passes(twice, { ...NO_FILTERS, day: "tue", part: "pm" })).toBe(true);
    expect(passes(twice, { ...NO_FILTERS, day: "tue", part: "eve" })).toBe(false);
    expect(passes(twice, { ...NO_FILTERS, part: "eve" })).toBe(true);
  });

  test("by places keep what has one left and what has no limit", () => {
    const free = { ...NO_FILTERS, places: true };
    expect([4, null, 0].map((places) => passes({ ...choir, places }, free))).toEqual([true, true, false]);
  });

  test("by kind, way, category and cost narrow the list together", () => {
    const asked = { ...NO_FILTERS, kinds: ["asset" as const], ways: ["there" as const], category: "social_group", pence: 300 };
    expect(passes(choir, asked)).toBe(true);
    expect(passes({ ...choir, kind: "offer" }, asked)).toBe(false);
    expect(countSet(asked)).toBe(4);
  });
});

describe("A comparison", () => {
  test("puts what is different first and fills what one of them does not tell", () => {
    const both = compare([{ name: "Cost", value: "Free" }, { name: "When", value: "Tuesday" }], [{ name: "Cost", value: "Free" }, { name: "Places", value: "2 left" }], "Not known");
    expect(both.same).toEqual([{ name: "Cost", values: ["Free", "Free"] }]);
    expect(both.different).toEqual([{ name: "When", values: ["Tuesday", "Not known"] }, { name: "Places", values: ["Not known", "2 left"] }]);
  });

  test("is of two: a third takes the place of the first, and a second tap lets go", () => {
    expect(picked(["a"], "b")).toEqual(["a", "b"]);
    expect(picked(["a", "b"], "c")).toEqual(["b", "c"]);
    expect(picked(["a", "b"], "a")).toEqual(["b"]);
  });
});

describe("A direction", () => {
  const home = { easting: 570_000, northing: 206_000 };
  const to = (east: number, north: number): unknown => windFrom(home, { easting: 570_000 + east, northing: 206_000 + north });

  test("is one of eight winds", () => {
    expect([to(0, 900), to(700, 700), to(900, 0), to(700, -700), to(0, -900), to(-700, -700), to(-900, 0), to(-700, 700)]).toEqual(["n", "ne", "e", "se", "s", "sw", "w", "nw"]);
    expect(to(1000, 300)).toBe("e");
  });

  test("is not told of what is next door, nor of a place that nobody knows", () => {
    expect(to(60, 60)).toBeNull();
    expect(windFrom(home, { easting: null, northing: 1 })).toBeNull();
  });
});

describe("Pins on a map", () => {
  test("that would lie on one another become one, named by the first two", () => {
    const drawn = clusters([{ number: 3, x: 0, y: 0 }, { number: 1, x: 10, y: 0 }, { number: 2, x: 200, y: 0 }, { number: 4, x: 5, y: 5 }], 44);
    expect(drawn.map(({ numbers }) => numbers)).toEqual([[1, 3, 4], [2]]);
    expect(drawn.map(({ numbers }) => pinText(numbers))).toEqual(["1, 3 +1", "2"]);
  });

  test("leave room for the word beside the home", () => {
    expect(beside({ x: 0, y: 0 }, [])).toEqual([0, 24]);
    expect(beside({ x: 0, y: 0 }, [{ x: 0, y: 30, numbers: [1] }])).toEqual([0, -24]);
  });

  test("stand on a grid whose squares are round numbers wide", () => {
    expect([gridStep(1, 72), gridStep(7, 72), gridStep(100, 72), gridStep(224, 72)]).toEqual([100, 1000, 10_000, 20_000]);
  });
});

describe("A base map", () => {
  const packed = { format: "kith-base-map/1", version: "v", attribution: "who", tiles: null, step: 10, districts: [{ code: "E07000070", rings: [[100, 200, 5, -5, 0, 1]] }], small: [[1, 1, 1, 0]] };
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

  test("is read from where its lines begin and how far they go each time", () => {
    const read = readPacked(bytes(packed));
    expect(read && unpacked(read).districts[0]?.rings).toEqual([[[1000, 2000], [1050, 1950], [1050, 1960]]]);
    expect(read && unpacked(read).small).toEqual([[[10, 10], [20, 10]]]);
  });

  test("that is damaged, or of another app, is none", () => {
    expect(readPacked(new Uint8Array([123, 34]))).toBeNull();
    expect(readPacked(bytes({ ...packed, format: "kith-base-map/2" }))).toBeNull();
    expect(readPacked(bytes({ ...packed, districts: null }))).toBeNull();
  });
});

describe("The days that come", () => {
  const weekly = { frequency: "weekly", weekday: "tue", from_time: "10:00", until_time: "11:00", cancelled_on: ["2026-12-01"], cancellations: [{ on: "2026-12-01", reason: "weather" }] };

  test("tell those that were called off, and why", () => {
    expect(comingDays([weekly], "2026-11-22", 3).map(({ on, off, reason }) => [on, off, reason])).toEqual([
      ["2026-11-24", false, null], ["2026-12-01", true, "weather"], ["2026-12-08", false, null],
    ]);
  });

  test("of a rule are those that the server worked out", () => {
    const rule = { frequency: "rule", from_time: "14:00", until_time: "15:00", next_on: ["2026-11-30", "2026-12-14"] };
    expect(comingDays([rule, weekly], "2026-11-22", 3).map(({ on }) => on)).toEqual(["2026-11-24", "2026-11-30", "2026-12-01"]);
  });
});

describe("Looking up", () => {
  test("finds every word anywhere, with or without accents", () => {
    const text = folded("Memory Café, Cobblegarth Hall");
    expect(hasWords(text, wordsOf("  cafe HALL "))).toBe(true);
    expect(hasWords(text, wordsOf("cafe choir"))).toBe(false);
    expect(hasWords(text, wordsOf(""))).toBe(true);
  });
});

test("a server without outlines is asked for them once a day, not after each sync", async () => {
  const settings = new Map<string, unknown>();
  let asked = 0;
  const download = (): Promise<never> => {
    asked += 1;
    return Promise.reject(new ProblemError({ type: "/problems/not-found", title: "", status: 404, remedy: "drop" }));
  };
  const database = { get: async (_: string, name: string) => settings.get(name), put: async (_: string, row: { name: string }) => void settings.set(row.name, row) };
  const kith = { client: { download }, database, live: { changed: () => undefined } } as unknown as Kith;
  for (const hours of [0, 1, 23, 25]) await refreshBaseMap(kith, hours * 3_600_000);
  expect(asked).toBe(2);
});
