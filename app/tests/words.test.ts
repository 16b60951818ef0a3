import { describe, expect, test } from "vitest";
import type { Doc, Problem, Remedy } from "@contract/sync/index.ts";
import { changeWords } from "../src/words/changes.ts";
import { ageOn, dayFrom, dayWords, fixedDayWords, plannedDayWords, sinceWords, spanWords, timeWords } from "../src/words/dates.ts";
import { whenWords, whereaboutsWords } from "../src/words/candidate.ts";
import { awayWords, distanceWords, metresBetween, milesWords, reachWords } from "../src/words/distance.ts";
import { count, listWords, moneyWords } from "../src/words/plain.ts";
import { missingWords, problemWords } from "../src/words/problems.ts";
import { narrowed } from "../src/logic/narrowed.ts";
import { clockWords, crowdedWords, fullWords, refusalWords, takenWords } from "../src/words/sync.ts";

describe("distances", () => {
  test.each([
    [0, "very near"],
    [80, "about 100 metres"],
    [349, "about 300 metres"],
    [949, "about 900 metres"],
    [960, "about 1 km (half a mile)"],
    [2400, "about 2.4 km (1½ miles)"],
    [16_093, "about 16 km (10 miles)"],
  ])("%d metres are %s", (metres, words) => expect(distanceWords(metres)).toBe(words));

  test("what is very near is not away", () => expect([0, 300].map(awayWords)).toEqual(["very near", "about 300 metres away"]));
  test("a distance to choose is meant as it stands", () => expect([1, 5, 20].map(reachWords)).toEqual(["1 km (half a mile)", "5 km (3 miles)", "20 km (12 miles)"]));
  test("a mile is a mile", () => expect(milesWords(1609)).toBe("1 mile"));
  test("three, four, five: distances are whole metres", () =>
    expect(metresBetween({ easting: 0, northing: 0 }, { easting: 3, northing: 4 })).toBe(5));
  test("an unknown place has no distance", () =>
    expect(metresBetween({ easting: null, northing: 1 }, { easting: 3, northing: 4 })).toBeNull());
});

describe("where nobody knows where they live", () => {
  test("the shortlist says which postcode is not known, and what follows", () =>
    expect(whereaboutsWords({ postcode: "QE7 9ZZ", easting: null })).toEqual({
      said: "This phone does not know where QE7 9ZZ is, so distances are not known. Visits to homes elsewhere may be among these.",
      mend: "Change the postcode",
    }));
  test("without a postcode one can be added", () =>
    expect(whereaboutsWords({ postcode: null, easting: null })?.mend).toBe("Add a postcode"));
  test("a home that is known needs no words", () => expect(whereaboutsWords({ postcode: "CM1 4AB", easting: 570_000 })).toBeNull());
});

describe("days", () => {
  // 21 November 2026 is a Saturday.
  test.each([
    ["2026-11-21", "today"],
    ["2026-11-22", "tomorrow"],
    ["2026-11-20", "yesterday"],
    ["2026-11-24", "on Tuesday"],
    ["2026-11-28", "on Saturday 28 November"],
    ["2026-11-14", "on Saturday 14 November"],
    ["2027-01-01", "on Friday 1 January 2027"],
  ])("%s is %s", (day, words) => expect(dayWords(day, "2026-11-21")).toBe(words));
  test("on paper tomorrow has a date", () => expect(fixedDayWords("2026-11-22", "2026-11-21")).toBe("on Sunday 22 November"));

  test.each([
    ["09:00", "9am"],
    ["12:00", "midday"],
    ["00:00", "midnight"],
    ["12:30", "12:30pm"],
    ["14:05", "2:05pm"],
  ])("%s is %s", (time, words) => expect(timeWords(time)).toBe(words));

  test("moments pass from just now to a date", () => {
    const now = new Date(2026, 10, 21, 15, 0, 0);
    const ago = (minutes: number): string => sinceWords(new Date(now.getTime() - minutes * 60_000).toISOString(), now);
    expect([ago(0), ago(1), ago(59), ago(125)]).toEqual(["just now", "1 minute ago", "59 minutes ago", "2 hours ago"]);
    expect(sinceWords(new Date(2026, 10, 20, 9, 0).toISOString(), now)).toBe("yesterday at 9am");
  });

  test("a window on one day names the day once", () => {
    const at = (hour: number): string => new Date(2026, 10, 22, hour).toISOString();
    expect(spanWords(at(14), at(16), new Date(2026, 10, 21, 9))).toBe("tomorrow, Sunday 22 November, 2pm to 4pm");
    expect(spanWords(at(14), at(16), new Date(2026, 10, 21, 9), fixedDayWords)).toBe("on Sunday 22 November, 2pm to 4pm");
  });

  test("what is planned tells its date, and beside it what is said of a near day", () => {
    expect(plannedDayWords("2026-11-21", "2026-11-21")).toBe("today, Saturday 21 November");
    expect(plannedDayWords("2026-11-24", "2026-11-21")).toBe("on Tuesday 24 November");
    expect(plannedDayWords("2027-01-01", "2026-12-31")).toBe("tomorrow, Friday 1 January 2027");
  });

  test("a task on a card tells its own day and hours, an offer that its time is agreed", () => {
    const at = (hour: number): string => new Date(2026, 10, 25, hour).toISOString();
    const task = { kind: "task", doc: { window_from_at: at(14), window_until_at: at(16) } } as never;
    expect(whenWords({ next_session: null }, task, [], new Date(2026, 10, 21, 9))).toBe("On Wednesday 25 November, 2pm to 4pm");
    expect(whenWords({ next_session: null }, { kind: "offer", doc: { availability: [] } } as never, [])).toBe("Ask when it suits");
    expect(whenWords({ next_session: null }, undefined, [])).toBe("Ask when it is on");
  });

  test("a birthday counts on the day itself", () => {
    expect(ageOn("1950-11-21", "2026-11-21")).toBe(76);
    expect(ageOn("1950-11-22", "2026-11-21")).toBe(75);
  });

  test("a day that does not exist is refused", () => {
    expect(dayFrom("29", "2", "1952")).toBe("1952-02-29");
    expect(dayFrom("29", "2", "1951")).toBeNull();
    expect(dayFrom("1", "13", "1951")).toBeNull();
    expect(dayFrom("", "1", "51")).toBeNull();
    expect(dayFrom("24", "11", "202")).toBeNull();
  });

  test("a year of two figures is one of this century", () => {
    expect([dayFrom("24", "11", "26"), dayFrom("1", "2", "07")]).toEqual(["2026-11-24", "2007-02-01"]);
  });
});

test("small words", () => {
  expect([count(1, "place"), count(2, "place"), count(0, "person", "people")]).toEqual(["1 place", "2 places", "0 people"]);
  expect([moneyWords(0), moneyWords(300), moneyWords(250), moneyWords(50)]).toEqual(["Free", "£3", "£2.50", "50p"]);
  expect(listWords(["a", "b", "c"])).toBe("a, b and c");
});

describe("what a volunteer says and is told", () => {
  const said = (name: string) => changeWords({ op: "command", kind: "task", set: {}, command: { name, args: {}, valid_until: null } });
  test.each([
    ["set_out", "Set out for a task"], ["see_ask", "See that you were asked to help"], ["decline_ask", "Say no to a task"], ["later_one", "later one"],
  ])("%s waits as a sentence", (name, words) => expect(said(name)).toBe(words));
  test("what is missing for a task is said, and nothing of other refusals", () => {
    const refused = (type: string): Problem => ({ type, title: "", status: 409, remedy: "drop", errors: { dbs_level: ["A higher check."], training: ["Not held."] } });
    expect(missingWords(refused("/problems/not-qualified"))).toEqual(["A higher check.", "Not held."]);
    expect(missingWords(refused("/problems/task-not-open"))).toEqual([]);
  });
});

describe("what sync has to tell", () => {
  test("what stays away is named in plain words", () => {
    expect(fullWords([])).toBe(null);
    expect(fullWords(["caseload:north", "directory:E07"])).toContain("the people of a team (north) and groups and services of an area (E07)");
  });
  test("what was taken off is named once, whatever its number", () => {
    expect(takenWords(["caseload:north", "caseload:south", "hub:mid"])).toContain(": the people of a team and the stock and calls of a hub.");
  });
  test("a phone with too many records", () => expect([crowdedWords(null), crowdedWords(5_001)?.slice(0, 30)]).toEqual([null, "This phone holds 5,001 records"]));
  test.each([
    [-400_000, "7 minutes fast"], [3 * 3_600_000, "3 hours slow"], [-10 * 365 * 86_400_000, "3,650 days fast"],
  ])("a clock that is %d ms off", (offset, words) => expect(clockWords(offset)).toContain(words));
  test("a clock that is right", () => expect(clockWords(null)).toBe(null));
  test("a refused change is to be put right or kept; of a deed that came too late there is nothing to keep", () => {
    const said = (remedy: Remedy, args: Doc | null) =>
      refusalWords({ problem: { type: "/problems/x", title: "x", status: 409, remedy }, command: args && { name: "claim", args, valid_until: null } });
    expect([said("fix", null), said("fix", {}), said("drop", null), said("drop", {})].map((words) => words?.split(/[:.,]/)[0]))
      .toEqual(["Look at it again and change what it asks for", "Look at it again and change what it asks for", "Nothing is lost", "Nothing else has changed"]);
    expect(said("drop", { reason: "ill" })).toBeNull();
  });
  test("where something has moved all the same, or can be put right, nobody hears that there is nothing to do", () => {
    const said = (slug: string, remedy: Remedy) => refusalWords({ problem: { type: `/problems/${slug}`, title: "", status: 409, remedy }, command: { name: "cancel_exchange", args: {}, valid_until: null } });
    expect([said("exchange-settled", "drop"), said("below-floor", "drop"), said("busy", "wait")]).toEqual([null, null, null]);
  });
  test("an account that is opened for a number of nobody is told as such, and asks for nothing that cannot be done", () => {
    const problem: Problem = { type: "/problems/invalid", title: "", status: 422, remedy: "fix", errors: { owner_id: ["There is no such record."] } };
    const command = { name: "open_account", args: { owner_id: "volunteer-99" }, valid_until: null };
    const told = narrowed({ command, problem });
    expect([problemWords(told), refusalWords({ command, problem: told })]).toEqual(["Nobody has this number.", null]);
    expect(narrowed({ command: { ...command, name: "claim" }, problem })).toBe(problem);
  });
});
