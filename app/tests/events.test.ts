import { describe, expect, test } from "vitest";
import type { CourseDoc, NoticeDoc, PlacementDoc, ScheduleDoc } from "@generated/contract.ts";
import { comingDays, couldEnrol, courseState, coursesNow, noticesNow, offeredPlaces, onCourse, registerDays, registerOf, runsCourse, keepsGroup, sessionDays } from "../src/logic/events.ts";
import { calendarText } from "../src/logic/ical.ts";

const TODAY = "2026-11-22";
const course = (id: string, more: Partial<CourseDoc> = {}) =>
  ({ id, doc: { asset_id: "choir", starts_on: "2026-12-01", ends_on: null, enrol_until_on: null, sessions_on: ["2026-12-01", "2026-12-08"], places: 3, status: "open", ...more } as CourseDoc });
const placement = (id: string, more: Partial<PlacementDoc> = {}, commands: { mid: string; name: string; args: { course_id?: string } }[] = []) =>
  ({ id, commands, doc: { item_kind: "asset", item_id: "choir", status: "chosen", place_held: "none", course_id: null, waiting_position: null, offered_until_at: null, ...more } as PlacementDoc });

describe("A course", () => {
  test.each([
    ["places", {}, { places_open: 1, waiting: 0 }],
    ["queue", {}, { places_open: 0, waiting: 2 }],
    ["queue", {}, { places_open: 1, waiting: 1 }],
    ["closed", { enrol_until_on: "2026-11-21" }, { places_open: 1, waiting: 0 }],
    ["cancelled", { status: "cancelled" as const }, undefined],
    ["over", { starts_on: "2026-10-01", sessions_on: ["2026-10-01"] }, undefined],
  ])("stands at %s", (state, more, count) => {
    expect(courseState(course("c", more), count, TODAY)).toBe(state);
  });

  test("is on when its times are, but for days called off", () => {
    const weekly = { id: "s", doc: { frequency: "weekly", weekday: "tue", from_time: "14:00", until_time: "15:00", cancelled_on: ["2026-12-08"], cancellations: [] } as unknown as ScheduleDoc };
    expect(sessionDays(weekly, "2026-12-01", "2026-12-22")).toEqual(["2026-12-01", "2026-12-15", "2026-12-22"]);
  });

  test("is changed by the centre and by whoever runs its group", () => {
    const may = (roles: string[], asset_ids: string[] = []): boolean => keepsGroup({ roles, asset_ids }, "choir");
    expect([may(["centre"]), may(["asset_owner"], ["choir"]), may(["asset_owner"], ["chess"]), may(["prescriber"])]).toEqual([true, true, false, false]);
  });

  test("that begins comes before one that has begun, and one that is over is gone", () => {
    const list = [course("began", { starts_on: "2026-11-01" }), course("later", { starts_on: "2026-12-05" }), course("soon"), course("over", { starts_on: "2026-10-01", sessions_on: ["2026-10-01"] })];
    expect(coursesNow(list, TODAY).map(({ id }) => id)).toEqual(["soon", "later", "began"]);
  });

  test("takes placements of its group that have no place and have asked for none", () => {
    const all = [placement("yes"), placement("other", { item_id: "walk" }), placement("has", { place_held: "accepted" }), placement("asked", {}, [{ mid: "m", name: "enrol", args: { course_id: "c" } }]), placement("over", { status: "ended" })];
    expect(couldEnrol(course("c"), all).map(({ id }) => id)).toEqual(["yes"]);
  });

  test("names those with a place, then those who wait in their order, then who asked on this phone", () => {
    const all = [
      placement("new", {}, [{ mid: "m", name: "enrol", args: { course_id: "c" } }]), placement("second", { course_id: "c", place_held: "waiting", waiting_position: 2 }),
      placement("first", { course_id: "c", place_held: "waiting", waiting_position: 1 }), placement("in", { course_id: "c", place_held: "accepted" }), placement("left", { course_id: "c" }),
    ];
    expect(onCourse("c", all).map(({ id }) => id)).toEqual(["in", "first", "second", "new"]);
  });

  test("has a register for each day that has been, with what is written of each who has a place", () => {
    expect(registerDays(course("c", { sessions_on: ["2026-11-15", "2026-11-22", "2026-11-29"] }), TODAY)).toEqual(["2026-11-22", "2026-11-15"]);
    const written = [{ id: "a.2026-11-22", doc: { placement_id: "a", on: TODAY, state: "came" } as never }];
    const people = [placement("a", { course_id: "c", place_held: "accepted" }), placement("b", { course_id: "c", place_held: "accepted" }), placement("w", { course_id: "c", place_held: "waiting" })];
    expect(registerOf("c", people, written, TODAY).map(({ placement: { id }, state }) => [id, state])).toEqual([["a", "came"], ["b", null]]);
  });
});

test("whoever chooses a group with a course that takes people enrols on that, and asks for no place in the group itself", () => {
  const course = (status: string, ends_on: string) => ({ id: "c", doc: { asset_id: "choir", status, places: 8, starts_on: "2026-11-01", ends_on, enrol_until_on: ends_on, sessions_on: [] } }) as never;
  expect(runsCourse("choir", [course("open", "2027-01-01")], TODAY)).toBe(true);
  expect([runsCourse("walk", [course("open", "2027-01-01")], TODAY), runsCourse("choir", [course("closed", "2027-01-01"), course("open", "2026-11-02")], TODAY)]).toEqual([false, false]);
});

describe("Sessions and news", () => {
  const weekly = { frequency: "weekly", weekday: "wed", from_time: "14:00", until_time: "15:30", cancelled_on: ["2026-12-02"], cancellations: [{ on: "2026-12-02", reason: "venue", note: "No heating", by: "owner" }] };

  test("coming days tell which of them is off, and why", () => {
    const days = comingDays({ id: "s", doc: weekly as unknown as ScheduleDoc }, TODAY, 3);
    expect(days.map(({ on, isOff }) => [on, isOff])).toEqual([["2026-11-25", false], ["2026-12-02", true], ["2026-12-09", false], ["2026-12-16", false]]);
    expect(days[1]).toMatchObject({ reason: "venue", note: "No heating" });
  });

  test("what this phone has called off, or said that it takes place after all, counts before it is sent", () => {
    const said = (name: string, on: string, more = {}) => ({ mid: "m", name, args: { on, ...more } });
    const commands = [said("cancel_date", "2026-11-25", { reason: "illness", note: "Ring me" }), said("restore_date", "2026-12-02")];
    const days = comingDays({ id: "s", doc: weekly as unknown as ScheduleDoc, commands }, TODAY, 3);
    expect(days.slice(0, 2)).toEqual([{ on: "2026-11-25", isOff: true, reason: "illness", note: "Ring me" }, { on: "2026-12-02", isOff: false, reason: null, note: null }]);
  });

  test("a notice stays until its day has passed, and news for two weeks", () => {
    const notice = (id: string, more: Partial<NoticeDoc>) => ({ id, doc: { type: "session_cancelled", on: null, noticed_at: "2026-11-01T10:00:00Z", ...more } as NoticeDoc });
    const all = [notice("gone", { on: "2026-11-21" }), notice("later", { on: "2026-12-02" }), notice("today", { on: TODAY }), notice("old", { type: "item_closed" }), notice("news", { type: "item_closed", noticed_at: "2026-11-20T10:00:00Z" })];
    expect(noticesNow(all, TODAY).map(({ id }) => id)).toEqual(["news", "today", "later"]);
  });

  test("a place that came free is offered until its time, and not when it was answered on this phone", () => {
    const until = { place_held: "offered" as const, offered_until_at: "2026-11-23T10:00:00Z" };
    const all = [placement("yes", until), placement("late", { ...until, offered_until_at: "2026-11-22T08:00:00Z" }), placement("said", until, [{ mid: "m", name: "accept_place", args: {} }])];
    expect(offeredPlaces(all, new Date("2026-11-22T09:00:00Z")).map(({ id }) => id)).toEqual(["yes"]);
  });
});

test("a calendar file has its days, escapes what has to be, and folds long lines", () => {
  const text = calendarText([
    { uid: "c.2026-12-01@kith", on: "2026-12-01", from: "14:00", until: "15:30", title: "Choir, and tea; more", where: "Hall ".repeat(20).trim(), isOff: false },
    { uid: "c.2026-12-08@kith", on: "2026-12-08", from: "22:00", until: "01:00", title: "Late", where: null, isOff: true },
  ], "2026-11-22T09:00:00Z");
  expect(text).toContain("SUMMARY:Choir\\, and tea\\; more\r\n");
  expect(text).toContain("DTSTART:20261201T140000\r\nDTEND:20261201T153000\r\n");
  expect(text).toContain("DTSTART:20261208T220000\r\nDTEND:20261209T010000\r\nSUMMARY:Late\r\nSTATUS:CANCELLED\r\n");
  expect(Math.max(...text.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(75);
});
