import { describe, expect, test } from "vitest";
import { VOCABULARIES, type AskDoc, type CheckDoc, type ClaimDoc, type TaskDoc } from "@generated/contract.ts";
import { centreTasks } from "../src/data/centre.ts";
import type { Item } from "../src/data/live.ts";
import { NO_TASK, privatePart, publicChanges, publicPart, spotOf, typedFrom, wrongTask } from "../src/logic/new-task.ts";
import { ENDS, reasonsFor, stepsBack, stepsForward, stepsToEnd } from "../src/logic/newcomers.ts";
import { assuranceOf, byUrgency, checksDue } from "../src/logic/upkeep.ts";

const TODAY = "2026-11-22";
const NOW = new Date("2026-11-22T10:00:00Z");
const at = { version: 1, pending: false, commands: [] };

describe("the steps of an enquiry", () => {
  const asked = { status: "enquiry", reached: "enquiry", placed_on: null } as const;
  const began = { status: "placed", reached: "placed", placed_on: "2026-11-01" } as const;
  test("follow one another", () => {
    expect(stepsForward(asked)).toEqual([{ step: "interview", from: null }]);
    expect(stepsToEnd(asked)).toEqual([...ENDS]);
  });
  test("of who began may be either stay, each from its day on", () => {
    expect(stepsForward(began)).toEqual([{ step: "at_4_weeks", from: "2026-11-29" }, { step: "at_12_weeks", from: "2027-01-24" }]);
  });
  test("lead back, from an end also to where it stood", () => {
    expect(stepsBack({ status: "matched", reached: "matched", placed_on: null })).toEqual(["interview", "enquiry"]);
    expect(stepsBack({ status: "withdrawn", reached: "matched", placed_on: null })).toEqual(["matched", "interview", "enquiry"]);
    expect(stepsForward({ status: "withdrawn", reached: "matched", placed_on: null })).toEqual([]);
  });
  test("say why only when they end or lead back, in the words of the vocabulary", () => {
    expect(reasonsFor(asked, "interview")).toEqual([]);
    const named = [...ENDS.flatMap((end) => reasonsFor(asked, end)), ...reasonsFor({ ...began }, "enquiry")];
    expect(named.filter((reason) => !(reason in VOCABULARIES.step_reason))).toEqual([]);
    expect(new Set(named).size).toBe(Object.keys(VOCABULARIES.step_reason).length);
  });
});

describe("a check of the directory", () => {
  const asset = { status: "active", assured_on: null, next_check_on: null } as const;
  test("is late, soon, never made or fine", () => {
    expect(assuranceOf(asset, TODAY)).toBe("never");
    expect(assuranceOf({ ...asset, next_check_on: "2026-11-21" }, TODAY)).toBe("late");
    expect(assuranceOf({ ...asset, next_check_on: "2026-12-22" }, TODAY)).toBe("soon");
    expect(assuranceOf({ ...asset, next_check_on: "2026-12-23" }, TODAY)).toBe("fine");
    expect(assuranceOf({ ...asset, status: "closed" }, TODAY)).toBe("fine");
  });
  test("that is longest overdue comes first, what is fine by name", () => {
    const lines = [
      { standing: "fine", on: "2027-01-01", name: "B" }, { standing: "fine", on: null, name: "A" }, { standing: "never", on: null, name: "N" },
      { standing: "late", on: "2026-11-01", name: "L2" }, { standing: "late", on: "2026-10-01", name: "L1" },
    ] as const;
    expect([...lines].sort(byUrgency).map((line) => line.name)).toEqual(["L1", "L2", "N", "A", "B"]);
  });
});

test("references to chase, checks that run out and guardians' consents are due, the earliest day first", () => {
  const volunteer = (id: string, more: object = {}) => ({ id, doc: { dbs_level: "none", dbs_until_on: null, status: "active", birth_on: null, ...more } as never });
  const check = (id: string, more: Partial<CheckDoc>) => ({ id, doc: { volunteer_id: "v", type: "reference", status: "received", until_on: null, requested_on: "2026-11-20", ...more } as CheckDoc });
  const due = checksDue({
    volunteers: [volunteer("v", { dbs_level: "basic", dbs_until_on: "2026-12-01" }), volunteer("gone", { status: "left", dbs_level: "basic", dbs_until_on: "2026-01-01" }), volunteer("young", { birth_on: "2010-01-01" })],
    checks: [
      check("old", { status: "requested", requested_on: "2026-11-01" }), check("new", { status: "requested" }), check("over", { until_on: "2026-11-10" }),
      check("good", { until_on: "2027-11-10" }), check("theirs", { volunteer_id: "gone", until_on: "2026-11-10" }),
    ],
    consents: [
      { id: "c1", doc: { volunteer_id: "young", until_on: "2026-11-25", agreed: true, withdrawn_on: null } },
      { id: "c2", doc: { volunteer_id: "v", until_on: "2026-11-25", agreed: true, withdrawn_on: null } },
    ],
  }, TODAY);
  expect(due.map(({ what, id }) => [what, id])).toEqual([["chase", "old"], ["check", "over"], ["guardian", "young"], ["dbs", "v"]]);
});

describe("the tasks of a centre", () => {
  const task = (id: string, more: Partial<TaskDoc> = {}): Item<"task"> => ({
    ...at, kind: "task", id, doc: { status: "open", window_from_at: "2026-11-22T11:00:00Z", window_until_at: "2026-11-22T12:00:00Z", ...more } as TaskDoc,
  });
  const claim = (task_id: string, more: Partial<ClaimDoc>): Item<"claim"> => ({ ...at, kind: "claim", id: `c-${task_id}`, doc: { task_id, status: "active", late_min: null, thanked_at: null, ...more } as ClaimDoc });
  const ask = (task_id: string, status: AskDoc["status"]): Item<"ask"> => ({ ...at, kind: "ask", id: `a-${task_id}`, doc: { task_id, status } as AskDoc });
  test("come in the order in which somebody has to look", () => {
    const held = (id: string): Item<"task"> => task(id, { status: "claimed" });
    const lines = centreTasks(
      [task("asked"), task("alone"), held("late"), held("coming"), held("taken"), task("past", { window_until_at: "2026-11-22T09:00:00Z" }), task("done", { status: "done" })],
      [claim("late", { status: "en_route", late_min: 20 }), claim("coming", { status: "en_route" }), claim("done", { status: "done" }), claim("alone", { status: "released" })],
      [ask("asked", "seen"), ask("alone", "declined")], NOW,
    );
    expect(lines.map(({ task: { id }, standing }) => [id, standing])).toEqual([
      ["late", "late"], ["alone", "unanswered"], ["asked", "waiting"], ["coming", "coming"], ["taken", "claimed"], ["done", "done"], ["past", "expired"],
    ]);
  });
});

describe("a new task", () => {
  const typed = { ...NO_TASK, name: "Collect a prescription", type: "prescription", on: "2026-11-23", from: "10:00", until: "12:00", postcode: "CM1 1AB", forWhom: "Mrs Quill", address: "1 Made-up Lane" };
  test("tells everybody roughly where, and nothing of for whom", () => {
    const made = publicPart(typed, "centre", { district: "E07000070", postcode: "CM1 1AB", easting: 570_149, northing: 206_851 }, "E07000067");
    expect([made.easting, made.northing, made.district]).toEqual([570_100, 206_900, "E07000070"]);
    expect(JSON.stringify(made)).not.toMatch(/Quill|Lane|CM1/);
    expect(privatePart(typed, "centre", "t")).toMatchObject({ name: "Mrs Quill", address: "1 Made-up Lane", phone: null });
  });
  test("is put right with what was changed alone: its place stays without a postcode, and its times if they were left alone", () => {
    const made = { ...publicPart(typed, "centre", { district: "E07000070", postcode: "CM1 1AB", easting: 570_149, northing: 206_851 }, null), category: "home_help" } as TaskDoc;
    const stood = typedFrom(made, undefined);
    expect(stood).toMatchObject({ on: "2026-11-23", from: "10:00", until: "12:00", name: "Collect a prescription", postcode: "" });
    expect(publicChanges(made, stood, stood, null)).toEqual({});
    expect(publicChanges(made, stood, { ...stood, name: "Collect a parcel" }, null)).toEqual({ name: "Collect a parcel" });
    expect(publicChanges(made, stood, { ...stood, until: "13:00" }, null)).toEqual({ window_until_at: publicPart({ ...typed, until: "13:00" }, "centre", null, null).window_until_at });
  });
  test("has a time that is to come, and ends after it begins", () => {
    expect(wrongTask(typed, NOW, false)).toEqual({});
    expect(wrongTask({ ...typed, until: "09:00" }, NOW, false)).toEqual({ until: "order" });
    expect(wrongTask({ ...typed, on: "2026-11-21" }, NOW, false)).toEqual({ on: "past" });
    expect(wrongTask(NO_TASK, NOW, false)).toEqual({ type: "type", name: "name", on: "on", from: "time", postcode: "postcode" });
    expect(wrongTask({ ...typed, minutes: "4" }, NOW, false)).toEqual({ minutes: "minutes" });
    expect(wrongTask({ ...typed, minutes: "120" }, NOW, false)).toEqual({});
    expect(wrongTask({ ...typed, minutes: "121" }, NOW, false)).toEqual({ minutes: "long" });
  });
  test("needs a place, or no volunteer would hear of it; one that has been somewhere may stay there", () => {
    expect(wrongTask({ ...typed, postcode: "" }, NOW, false)).toEqual({ postcode: "postcode" });
    expect([wrongTask({ ...typed, postcode: " " }, NOW, true), wrongTask({ ...typed, postcode: "CM1" }, NOW, true)]).toEqual([{}, { postcode: "postcode" }]);
    const place = { district: "E07000070", easting: 570_100, northing: 206_900 };
    const made = publicPart(typed, "centre", place, null) as TaskDoc;
    expect([spotOf(made), spotOf({ ...made, easting: null })]).toEqual([place, null]);
  });
});
