import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "@contract/sync/index.ts";
import { scheduleWords } from "../src/logic/session.ts";
import { dateWords, dayWords, monthWords, sinceWords, spanWords, timeWords } from "../src/words/dates.ts";
import { awayWords, distanceWords, reachWords } from "../src/words/distance.ts";
import { creditWords } from "../src/words/minutes.ts";
import { listWords, minutesWords, moneyWords, sizeWords, small } from "../src/words/plain.ts";
import { missingWords } from "../src/words/problems.ts";
import { numberWords, speak } from "../src/words/t.ts";

beforeAll(() => speak("pl"));
afterAll(() => speak("en"));

test.each([
  [0, "bardzo blisko"], [349, "około 300 metrów"], [2400, "około 2,4 km"], [16_093, "około 16 km"],
])("%d metres are %s in kilometres alone", (metres, words) => expect(distanceWords(metres)).toBe(words));

test("a distance to choose is in kilometres alone", () => expect(reachWords(5)).toBe("5 km"));

test("a distance away", () => expect([0, 300].map(awayWords)).toEqual(["bardzo blisko", "w odległości około 300 metrów"]));

test.each([
  ["2026-11-21", "dzisiaj"], ["2026-11-22", "jutro"], ["2026-11-20", "wczoraj"], ["2026-11-24", "we wtorek"],
  ["2026-11-28", "w sobotę, 28 listopada"], ["2027-01-01", "w piątek, 1 stycznia 2027"],
])("%s is %s", (day, words) => expect(dayWords(day, "2026-11-21")).toBe(words));

test.each([["09:00", "9:00"], ["12:00", "12:00"], ["00:00", "0:00"], ["14:05", "14:05"]])("%s is %s", (time, words) => expect(timeWords(time)).toBe(words));

test("dates and months are declined", () => expect([dateWords("2026-11-21"), monthWords("2026-11")]).toEqual(["21 listopada 2026", "listopad 2026"]));

test("moments pass", () => {
  const now = new Date(2026, 10, 21, 15, 0, 0);
  const ago = (minutes: number): string => sinceWords(new Date(now.getTime() - minutes * 60_000).toISOString(), now);
  expect([ago(0), ago(1), ago(3), ago(25), ago(125)]).toEqual(["przed chwilą", "1 minutę temu", "3 minuty temu", "25 minut temu", "2 godziny temu"]);
  expect(sinceWords(new Date(2026, 10, 20, 9, 0).toISOString(), now)).toBe("wczoraj o 9:00");
});

test("a window on one day names the day once", () => {
  const at = (hour: number): string => new Date(2026, 10, 22, hour).toISOString();
  expect(spanWords(at(14), at(16), new Date(2026, 10, 21, 9))).toBe("jutro (niedziela, 22 listopada), od 14:00 do 16:00");
});

describe("regular times", () => {
  const told = (rest: object): string => scheduleWords({ frequency: "weekly", weekday: "wed", from_time: "10:00", until_time: "12:00", ...rest }, "2026-11-21");
  test.each([
    [{}, "W każdą środę, od 10:00 do 12:00"],
    [{ frequency: "monthly", week_of_month: 1 }, "W 1. środę miesiąca, od 10:00 do 12:00"],
    [{ frequency: "monthly", week_of_month: 5, weekday: "fri" }, "W ostatni piątek miesiąca, od 10:00 do 12:00"],
    [{ frequency: "once", weekday: null, on: "2026-11-24" }, "Jednorazowo, we wtorek, 24 listopada, od 10:00 do 12:00"],
  ])("%o", (rest, words) => expect(told(rest)).toBe(words));
});

test("what the server says in English alone stays away", () => {
  const problem = { type: "/problems/not-qualified", title: "", status: 422, errors: { training: ["Not held, or run out: lifting."] } };
  expect(missingWords(problem as unknown as Problem)).toEqual([]);
});

test("small words", () => {
  expect([moneyWords(0), moneyWords(300), moneyWords(250), moneyWords(50)]).toEqual(["Bezpłatnie", "3\u00a0£", "2,50\u00a0£", "0,50\u00a0£"]);
  expect([listWords(["a", "b", "c"]), listWords(["pieniądze i długi", "praca"])]).toEqual(["a, b i c", "pieniądze i długi, praca"]);
  expect([1, 2, 5].map(minutesWords)).toEqual(["1 minuta", "2 minuty", "5 minut"]);
  expect([60, 90, 120].map(creditWords)).toEqual(["1 godzina z banku czasu", "1 godzina 30 minut z banku czasu", "2 godziny z banku czasu"]);
  expect([sizeWords(240_000), sizeWords(1_250_000), numberWords(12_500)]).toEqual(["240 kB", "1,3 MB", "12\u00a0500"]);
  expect([small("Środa"), small("SMS")]).toEqual(["środa", "SMS"]);
});
