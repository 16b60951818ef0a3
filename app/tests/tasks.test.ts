import { expect, test } from "vitest";
import type { ClaimDoc, TaskDoc, VolunteerDoc } from "@generated/contract.ts";
import type { Item } from "../src/data/live.ts";
import { taskLine, tasksFor } from "../src/data/tasks.ts";

const at = { version: 1, pending: false, commands: [] };
const NOW = new Date("2026-11-21T10:00:00Z");
const volunteer: Item<"volunteer"> = {
  ...at, kind: "volunteer", id: "v1", doc: { easting: 0, northing: 0, max_km: 5, skills: ["driving"] } as unknown as VolunteerDoc,
};
const task = (id: string, more: Partial<TaskDoc> = {}, commands: Item<"task">["commands"] = []): Item<"task"> => ({
  ...at, kind: "task", id, commands,
  doc: {
    status: "open", easting: 1000, northing: 0, skills: [], window_from_at: "2026-11-22T09:00:00Z", window_until_at: "2026-11-22T12:00:00Z", ...more,
  } as TaskDoc,
});
const claim = (task_id: string, volunteer_id: string, status: ClaimDoc["status"] = "active"): Item<"claim"> =>
  ({ ...at, kind: "claim", id: `c-${task_id}`, doc: { task_id, volunteer_id, status } as ClaimDoc });

test("the nearest open task comes first; what is too far or over is left out", () => {
  const { open } = tasksFor(volunteer, [
    task("far", { easting: 4000 }), task("near", { easting: 500 }), task("beyond", { easting: 6000 }),
    task("over", { window_until_at: "2026-11-21T09:00:00Z" }),
  ], [], NOW);
  expect(open.map((line) => [line.task.id, line.metres])).toEqual([["near", 500], ["far", 4000]]);
});

test("a claim of this phone is pending until the server says whose it is", () => {
  const waiting = task("t", {}, [{ mid: "m", name: "claim", args: {} }]);
  expect(tasksFor(volunteer, [waiting], [], NOW).mine[0]?.state).toBe("pending");
  expect(tasksFor(volunteer, [task("t", { status: "claimed" })], [claim("t", "v1")], NOW).mine[0]?.state).toBe("mine");
  expect(tasksFor(volunteer, [task("t", { status: "claimed" })], [claim("t", "v2")], NOW)).toEqual({ mine: [], open: [] });
});

test("a task that the volunteer has set out for is theirs, one that they gave back is not", () => {
  const taken = task("t", { status: "claimed" });
  expect(tasksFor(volunteer, [taken], [claim("t", "v1", "en_route")], NOW).mine.map((line) => line.state)).toEqual(["mine"]);
  expect(tasksFor(volunteer, [taken], [claim("t", "v1", "released")], NOW).mine).toEqual([]);
});

test("a skill that the volunteer has not named is pointed out, not a bar", () => {
  const { open } = tasksFor(volunteer, [task("t", { skills: ["driving", "dogs"] })], [], NOW);
  expect(open[0]?.lacks).toEqual(["dogs"]);
});

test("an open task whose time is over is past, even when it is opened by its link", () => {
  const over = task("over", { window_until_at: "2026-11-21T10:00:00Z" });
  expect(taskLine(over, volunteer, new Set(), NOW).state).toBe("past");
  expect(taskLine(task("ahead"), volunteer, new Set(), NOW).state).toBe("open");
});
