import { describe, expect, test } from "vitest";
import { alike, LIKELY } from "../src/logic/likeness.ts";
import { homeOf, placeOf, readPostcode, sectorId, standsAt } from "../src/logic/postcode.ts";
import { hasEnded, isBackwards, nextSession, scheduleWords, sessionWords, timesToTell } from "../src/logic/session.ts";

describe("likeness", () => {
  const ada = { id: "p1", given_name: "Elizabeth", family_name: "O'Brien", birth_on: "1950-03-04" };
  const who = (given: string, family: string, birth: string | null) =>
    alike({ given_name: given, family_name: family, birth_on: birth }, [ada]);

  test("the same name and birth date is the same person", () => {
    expect(who("elizabeth", "OBRIEN", "1950-03-04")[0]).toMatchObject({ score: 1, why: "sameBirthSameName" });
  });
  test("a short form and an accent are seen through", () => {
    expect(who("Elizabéth", "O’Brien", null)).toHaveLength(1);
    expect(who("Eliz", "O'Brien", "1950-03-04")).toHaveLength(1);
  });
  test("given and family names the wrong way round are noticed", () => {
    expect(who("O'Brien", "Elizabeth", null)).toHaveLength(1);
  });
  test("day and month swapped are noticed, when the name agrees", () => {
    expect(who("Elizabeth", "O'Brien", "1950-04-03")).toHaveLength(1);
    expect(who("Elizabeth", "O'Brien", "1971-09-30")).toHaveLength(0);
  });
  test("a birthday in common is not enough", () => {
    expect(who("Mohammed", "Rahman", "1950-03-04")).toHaveLength(0);
  });
  test("an empty name is like nobody, and the most alike come first", () => {
    expect(who("", "", "1950-03-04")).toEqual([]);
    const two = alike({ given_name: "Ann", family_name: "Lee", birth_on: null }, [
      { id: "b", given_name: "Anne", family_name: "Lee", birth_on: null },
      { id: "a", given_name: "Ann", family_name: "Lee", birth_on: null },
    ]);
    expect(two.map((found) => found.id)).toEqual(["a", "b"]);
    expect(two.every((found) => found.score >= LIKELY)).toBe(true);
  });
});

describe("postcodes", () => {
  test("are read in any case and spacing", () => {
    expect(readPostcode(" cm14ab")).toEqual({ text: "CM1 4AB", sector: "CM1 4", unit: "AB" });
    expect(readPostcode("SS0 9xy")?.text).toBe("SS0 9XY");
    expect(readPostcode("CM1")).toBeNull();
    expect(readPostcode("hello")).toBeNull();
  });
  test("are found in the district that has them", () => {
    const postcode = readPostcode("CM1 4AB")!;
    expect(sectorId("E07000070", postcode)).toBe("E07000070.CM1-4");
    const here = { district: "E07000070", sector: "CM1 4", units: { AB: [570_000, 207_000] } };
    const there = { district: "E07000071", sector: "CM1 4", units: { XY: [1, 2] } };
    expect(placeOf(postcode, [undefined, there, here])).toEqual({
      district: "E07000070", postcode: "CM1 4AB", easting: 570_000, northing: 207_000,
    });
    expect(placeOf(readPostcode("CM1 4ZZ")!, [here, there])).toBeNull();
  });

  test("moving to a postcode that nobody here knows leaves nothing of the former place", () => {
    const unknown = { district: null, easting: null, northing: null };
    expect(homeOf(readPostcode("QE7 9ZZ"), null, "CM1 4AB")).toEqual({ postcode: "QE7 9ZZ", ...unknown });
    expect(homeOf(null, null, "CM1 4AB")).toEqual({ postcode: null, ...unknown });
    expect(homeOf(readPostcode("cm14ab"), null, "CM1 4AB")).toEqual({ postcode: "CM1 4AB" });
    expect(homeOf(null, null, null)).toEqual({ postcode: null });
  });

  test("a group stays in its district, and goes nowhere that nobody here knows", () => {
    const place = { district: "E07000067", postcode: "QE7 1DX", easting: 570_000, northing: 208_000 };
    expect(standsAt("qe71dx", place, "CM1 4AB")).toEqual(place);
    expect(standsAt("CM14AB", null, "CM1 4AB")).toEqual({});
    expect(standsAt("", null, "")).toEqual({});
    expect(standsAt("", null, "CM1 4AB")).toEqual({ postcode: null, easting: null, northing: null });
    expect(standsAt("QE7 9ZZ", null, "CM1 4AB")).toBeNull();
  });
});

describe("the next session", () => {
  const today = "2026-11-21"; // a Saturday
  const noon = "12:00";
  const weekly = { frequency: "weekly", weekday: "tue", from_time: "10:00", until_time: "11:30" };

  test("of a weekly group is its next day", () => {
    expect(nextSession([weekly], today, noon)).toEqual({ on: "2026-11-24", from_time: "10:00", until_time: "11:30" });
    expect(sessionWords(nextSession([weekly], today, noon)!, today)).toBe("on Tuesday 24 November, 10am to 11:30am");
  });
  test("passes over a cancelled date and ends with its term", () => {
    expect(nextSession([{ ...weekly, cancelled_on: ["2026-11-24"] }], today, noon)?.on).toBe("2026-12-01");
    const ruled = { ...weekly, frequency: "rule", next_on: ["2026-11-18", "2026-11-25", "2026-12-09"] };
    expect(nextSession([ruled], today, noon)?.on).toBe("2026-11-25");
    expect(nextSession([{ ...ruled, cancelled_on: ["2026-11-25"] }], today, noon)?.on).toBe("2026-12-09");
    expect(nextSession([{ ...weekly, ends_on: "2026-11-23" }], today, noon)).toBeNull();
    expect(nextSession([{ ...weekly, starts_on: "2027-01-06" }], today, noon)?.on).toBe("2027-01-12");
  });
  test("is told with the day on which its times ended, which are left out beside others that go on", () => {
    const over = { ...weekly, ends_on: "2026-11-17" };
    expect(scheduleWords(over, today)).toBe("Every Tuesday, 10am to 11:30am (ended on 17 November 2026)");
    expect(scheduleWords({ ...weekly, ends_on: today }, today)).toBe("Every Tuesday, 10am to 11:30am");
    const once = { ...weekly, frequency: "once", on: "2026-11-20" };
    expect([hasEnded(over, today), hasEnded(once, today), hasEnded({ ...once, on: today }, today), hasEnded(weekly, today)]).toEqual([true, true, false, false]);
    expect([timesToTell([over, weekly], today), timesToTell([over], today)]).toEqual([[weekly], [over]]);
  });
  test("ends after it begins, at the latest early on the next day", () => {
    expect([isBackwards("16:00", "15:00"), isBackwards("10:00", "10:00"), isBackwards("10:00", "12:00"), isBackwards("22:00", "01:00")]).toEqual([true, true, false, false]);
  });
  test("of a monthly group falls in its week", () => {
    const monthly = { ...weekly, frequency: "monthly", weekday: "fri" };
    expect(nextSession([{ ...monthly, week_of_month: 1 }], today, noon)?.on).toBe("2026-12-04");
    expect(nextSession([{ ...monthly, week_of_month: 5 }], today, noon)?.on).toBe("2026-11-27");
  });
  test("is the earliest of several, and of none is none", () => {
    const evening = { frequency: "once", on: "2026-11-22", from_time: "18:00", until_time: "20:00" };
    const morning = { ...evening, from_time: "09:00" };
    expect(nextSession([weekly, evening, morning], today, noon)?.from_time).toBe("09:00");
    expect(nextSession([], today, noon)).toBeNull();
    expect(nextSession([{ ...evening, on: "2026-11-20" }], today, noon)).toBeNull();
  });
  test("is not one that is over today, but may be one that has begun", () => {
    const saturday = { ...weekly, weekday: "sat" };
    expect(nextSession([saturday], today, "11:29")?.on).toBe("2026-11-21");
    expect(nextSession([saturday], today, "11:30")?.on).toBe("2026-11-28");
    expect(nextSession([saturday, weekly], today, "15:30")?.on).toBe("2026-11-24");
    const once = { frequency: "once", on: today, from_time: "10:00", until_time: "11:00" };
    expect(nextSession([once], today, "15:30")).toBeNull();
    expect(nextSession([once, { ...once, from_time: "16:00", until_time: "17:00" }], today, "15:30")?.from_time).toBe("16:00");
  });
  test("is told in words", () => {
    expect(scheduleWords(weekly, today)).toBe("Every Tuesday, 10am to 11:30am");
    expect(scheduleWords({ ...weekly, frequency: "monthly", week_of_month: 5 }, today)).toBe(
      "The last Tuesday of the month, 10am to 11:30am",
    );
    const once = { ...weekly, frequency: "once", on: "2026-11-22" };
    expect(scheduleWords(once, today)).toBe("Once, tomorrow, Sunday 22 November, 10am to 11:30am");
  });
});
