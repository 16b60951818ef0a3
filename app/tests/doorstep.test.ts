import { describe, expect, test } from "vitest";
import { coverageOf, type Door, doorsOf, type Household, meanwhile, nextDoor, stateOf, STRETCH_DOORS, stretchesOf, type Visit } from "../src/logic/doorstep.ts";

const door = (number: number, more: Partial<Household["doc"]> = {}): Household => ({
  id: `d${number}`, doc: { round_id: "r", number, area: "E1", easting: 570_000, northing: 205_000, ...more },
});
let made = 0;
const visit = (number: number, outcome: Visit["doc"]["outcome"], more: Partial<Visit["doc"]> = {}): Visit => ({
  id: `v${(made += 1).toString().padStart(5, "0")}`, doc: { household_id: `d${number}`, outcome, visited_on: "2026-11-22", said: null, onward: 0, ...more },
});
const walk = (count: number, visits: readonly Visit[] = []): Door[] => doorsOf("r", Array.from({ length: count }, (_, n) => door(count - n)), visits);

describe("the doors of a round", () => {
  test("stand in the order of the list on paper, whatever order they came in", () => {
    expect(walk(12).map((one) => one.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
  test("leave out those of other rounds", () => {
    expect(doorsOf("r", [door(1), door(2, { round_id: "other" })], []).map((one) => one.number)).toEqual([1]);
  });
  test("count by the best that came of them, by whomever", () => {
    expect(stateOf([visit(1, "done"), visit(1, "refused"), visit(1, "not_in")])).toBe("done");
    expect(stateOf([visit(1, "refused"), visit(1, "not_in")])).toBe("refused");
  });
  test("are to be called on again only while that was the last that was heard", () => {
    const asked = visit(1, "not_in", { said: "After six" });
    expect(stateOf([asked])).toBe("come_back");
    expect(stateOf([asked, visit(1, "not_in")])).toBe("not_in");
  });
});

describe("stretches", () => {
  test("end where the next door is far off, in another area, or there would be too many", () => {
    const far = doorsOf("r", [door(1), door(2), door(3, { easting: 570_400 }), door(4, { easting: 570_400, area: "E2" })], []);
    expect(stretchesOf(far).map(({ first, last }) => [first, last])).toEqual([[1, 2], [3, 3], [4, 4]]);
    expect(stretchesOf(walk(2 * STRETCH_DOORS + 1)).map(({ doors }) => doors.length)).toEqual([STRETCH_DOORS, STRETCH_DOORS, 1]);
  });
  test("hold every door once", () => {
    const doors = walk(73);
    expect(stretchesOf(doors).flatMap((stretch) => stretch.doors)).toEqual(doors);
  });
});

describe("the next door", () => {
  test("is the next that nobody has been to, and then the first that was passed over", () => {
    expect(nextDoor(walk(4, [visit(2, "done")]), 1)?.number).toBe(3);
    expect(nextDoor(walk(4, [visit(3, "done"), visit(4, "done"), visit(2, "refused")]), 4)?.number).toBe(1);
  });
  test("is where they asked to be called on again once all were visited, before those who were not in", () => {
    const all = [visit(1, "not_in"), visit(2, "done"), visit(3, "not_in", { said: "After six" })];
    expect(nextDoor(walk(3, all), 2)?.number).toBe(3);
    expect(nextDoor(walk(3, [...all, visit(3, "done")]), 2)?.number).toBe(1);
  });
  test("is nowhere when all have answered", () => {
    expect(nextDoor(walk(1, [visit(1, "done")]), 1)).toBeNull();
  });
});

test("coverage counts every door once, in one state", () => {
  const doors = walk(6, [visit(1, "done"), visit(1, "not_in"), visit(2, "refused"), visit(3, "not_in"), visit(4, "not_in", { said: "Tomorrow" })]);
  expect(coverageOf(doors)).toEqual({ doors: 6, visited: 4, done: 1, refused: 1, not_in: 1, come_back: 1, todo: 2 });
});

test("what colleagues did today is what this phone did not do", () => {
  const [mine, theirs, before] = [visit(1, "done"), visit(2, "done"), visit(3, "done", { visited_on: "2026-11-20" })];
  expect(meanwhile(walk(4, [mine, theirs, before]), new Set([mine.id]), "2026-11-22")).toEqual([2]);
});

test("two who knocked at one door without a signal leave one door answered and both visits", () => {
  const doors = walk(2, [visit(1, "not_in"), visit(1, "done")]);
  expect([doors[0]?.state, doors[0]?.visits.length, coverageOf(doors).visited]).toEqual(["done", 2, 1]);
});
