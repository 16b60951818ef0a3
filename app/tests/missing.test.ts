import { expect, test } from "vitest";
import type { TaskDoc, VolunteerDoc } from "@generated/contract.ts";
import { leftUntil } from "../src/logic/asks.ts";
import { isNothing, missingFor } from "../src/logic/missing.ts";

const work = (more: Partial<TaskDoc> = {}): TaskDoc => ({ dbs_level: "none", training: [], min_age: null, ...more }) as unknown as TaskDoc;
const who = (more: Partial<VolunteerDoc> = {}): VolunteerDoc =>
  ({ dbs_level: "none", dbs_until_on: null, trained: [], birth_on: null, guardian_until_on: null, status: "active", ...more }) as unknown as VolunteerDoc;
const ON = "2026-11-22";

test("who has all that is asked for lacks nothing", () => {
  const doc = who({ dbs_level: "enhanced", dbs_until_on: ON, trained: [{ training_id: "lifting", until_on: ON }] });
  expect(isNothing(missingFor(work({ dbs_level: "basic", training: ["lifting"] }), doc, ON))).toBe(true);
});

test("a check too low and a check that ran out are got in different ways", () => {
  expect(missingFor(work({ dbs_level: "enhanced" }), who({ dbs_level: "basic" }), ON).check).toBe("higher");
  expect(missingFor(work({ dbs_level: "basic" }), who({ dbs_level: "basic", dbs_until_on: "2026-11-21" }), ON).check).toBe("again");
});

test("a training that will have run out by the day is missing on that day and not before", () => {
  const doc = who({ trained: [{ training_id: "lifting", until_on: "2026-11-25" }] });
  expect(missingFor(work({ training: ["lifting"] }), doc, ON).trainings).toEqual([]);
  expect(missingFor(work({ training: ["lifting"] }), doc, "2026-11-26").trainings).toEqual(["lifting"]);
});

test("somebody under 18 is told from which age it is open, and that a guardian has to agree", () => {
  const doc = who({ birth_on: "2010-01-01" });
  expect(missingFor(work(), doc, ON).age).toBe(18);
  expect(missingFor(work({ min_age: 16 }), doc, ON)).toMatchObject({ age: null, guardian: true });
  expect(missingFor(work({ min_age: 17 }), doc, ON)).toMatchObject({ age: 17, guardian: true });
});

test("who is no volunteer yet takes nothing", () => {
  expect(isNothing(missingFor(work(), who({ status: "enquiry" }), ON))).toBe(false);
});

test("the time that is left to answer is never told longer than it is", () => {
  const now = new Date("2026-11-22T10:00:00Z");
  const left = (until: string): string => Object.values(leftUntil(until, now)).join(" ");
  expect(left("2026-11-22T10:14:59Z")).toBe("minutes 14");
  expect(left("2026-11-22T10:44:00Z")).toBe("minutes 40");
  expect(left("2026-11-22T12:59:00Z")).toBe("hours 2");
  expect(left("2026-11-25T09:00:00Z")).toBe("days 2");
  expect(left("2026-11-22T10:00:10Z")).toBe("minutes 1");
});
