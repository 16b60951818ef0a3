import { expect, test } from "vitest";
import type { AskDoc, ClaimDoc, TaskDoc, VolunteerDoc } from "@generated/contract.ts";
import { isMoved, noted } from "../src/data/claimed.ts";
import type { Item } from "../src/data/live.ts";
import { type Held, liner, othersLike, tasksFor } from "../src/data/tasks.ts";
import { sifted, slotsOf, WHOLE } from "../src/logic/sifting.ts";

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
const claim = (task_id: string, volunteer_id: string, status: ClaimDoc["status"] = "active", more: Partial<ClaimDoc> = {}): Item<"claim"> =>
  ({ ...at, kind: "claim", id: `c-${task_id}-${status}`, doc: { task_id, volunteer_id, status, claimed_at: "2026-11-20T09:00:00Z", ...more } as ClaimDoc });
const ask = (task_id: string, more: Partial<AskDoc> = {}): Item<"ask"> => ({
  ...at, kind: "ask", id: `a-${task_id}`,
  doc: { task_id, volunteer_id: "v1", status: "asked", asked_at: "2026-11-21T09:00:00Z", answer_until_at: "2026-11-21T11:00:00Z", ...more } as AskDoc,
});
const all = (tasks: Item<"task">[], claims: Item<"claim">[] = [], asks: Item<"ask">[] = []): Held => ({ volunteer, tasks, claims, asks });

test("the nearest open task comes first; what is too far or over is left out", () => {
  const { open } = tasksFor(all([
    task("far", { easting: 4000 }), task("near", { easting: 500 }), task("beyond", { easting: 6000 }),
    task("over", { window_until_at: "2026-11-21T09:00:00Z" }),
  ]), NOW);
  expect(open.map((line) => [line.task.id, line.metres])).toEqual([["near", 500], ["far", 4000]]);
});

test("a claim of this phone is pending until the server says whose it is", () => {
  const waiting = task("t", {}, [{ mid: "m", name: "claim", args: {} }]);
  expect(tasksFor(all([waiting]), NOW).mine[0]?.state).toBe("pending");
  expect(tasksFor(all([task("t", { status: "claimed" })], [claim("t", "v1")]), NOW).mine[0]?.state).toBe("mine");
  const lost = tasksFor(all([task("t", { status: "claimed" })], [claim("t", "v2")]), NOW);
  expect([lost.mine, lost.open]).toEqual([[], []]);
});

test("a task that the volunteer has set out for is theirs, one that they gave back is not", () => {
  const taken = task("t", { status: "claimed" });
  expect(tasksFor(all([taken], [claim("t", "v1", "en_route")]), NOW).mine.map((line) => line.state)).toEqual(["mine"]);
  expect(tasksFor(all([taken], [claim("t", "v1", "released")]), NOW).mine).toEqual([]);
});

test("of two holds on one task the later one counts", () => {
  const before = claim("t", "v1", "released", { claimed_at: "2026-11-19T09:00:00Z" });
  for (const claims of [[before, claim("t", "v1")], [claim("t", "v1"), before]]) {
    expect(tasksFor(all([task("t", { status: "claimed" })], claims), NOW).mine.map((line) => line.state)).toEqual(["mine"]);
  }
});

test("a skill that the volunteer has not named is pointed out, not a bar", () => {
  const { open } = tasksFor(all([task("t", { skills: ["driving", "dogs"] })]), NOW);
  expect(open[0]?.lacks).toEqual(["dogs"]);
});

test("an open task whose time is over is past, even when it is opened by its link", () => {
  const line = liner(all([]), NOW);
  expect(line(task("over", { window_until_at: "2026-11-21T10:00:00Z" })).state).toBe("past");
  expect(line(task("ahead")).state).toBe("open");
});

test("what they were asked about stands apart, the shortest time to answer first, however far away", () => {
  const { asked, open } = tasksFor(all(
    [task("later", { easting: 9000 }), task("sooner"), task("free")], [],
    [ask("later", { answer_until_at: "2026-11-21T12:00:00Z" }), ask("sooner")],
  ), NOW);
  expect([asked.map(({ task: { id } }) => id), open.map(({ task: { id } }) => id)]).toEqual([["sooner", "later"], ["free"]]);
});

test("an ask that ran out, was declined here, or is somebody else's asks nothing", () => {
  const declined = { ...ask("c"), commands: [{ mid: "m", name: "decline_ask", args: {} }] };
  const asks = [ask("a", { answer_until_at: "2026-11-21T09:59:00Z" }), ask("b", { volunteer_id: "v2" }), declined];
  expect(tasksFor(all([task("a"), task("b"), task("c")], [], asks), NOW).asked).toEqual([]);
});

test("a task that the centre called off is told to who had it, for three days", () => {
  const off = task("t", { status: "cancelled" });
  const told = (ended_at: string): number => tasksFor(all([off], [claim("t", "v1", "released", { ended_at })]), NOW).calledOff.length;
  expect([told("2026-11-20T12:00:00Z"), told("2026-11-10T12:00:00Z")]).toEqual([1, 0]);
  expect(tasksFor(all([off]), NOW).calledOff).toEqual([]);
});

test("others like a lost task are of its sort first, then of its category", () => {
  const lost = task("lost", { type: "dog_walk", category: "home_help" } as Partial<TaskDoc>);
  const { open } = tasksFor(all([
    task("other", { easting: 100, type: "shopping", category: "befriending" } as Partial<TaskDoc>),
    task("same category", { easting: 300, type: "shopping", category: "home_help" } as Partial<TaskDoc>),
    task("same", { easting: 900, type: "dog_walk", category: "home_help" } as Partial<TaskDoc>), lost,
  ]), NOW);
  expect(othersLike(lost, open).map(({ task: { id } }) => id)).toEqual(["same", "same category", "other"]);
});

test("a list is sifted by distance, by day, and by the times that were said to be free", () => {
  const { open } = tasksFor(all([task("near", { easting: 500, window_from_at: "2026-11-25T14:00:00Z", window_until_at: "2026-11-25T16:00:00Z" }), task("far", { easting: 4000 })]), NOW);
  const ids = (sieve: Partial<typeof WHOLE>, free: string[] = []): string[] => sifted(open, { ...WHOLE, ...sieve }, free, NOW).map((line) => line.task.id);
  expect([ids({}), ids({ km: 2 }), ids({ when: "today" }), ids({ order: "soon" })]).toEqual([["near", "far"], ["near"], [], ["far", "near"]]);
  expect(ids({ when: "free" }, ["wed_pm"])).toEqual(["near"]);
});

test("a window touches every part of the week that it reaches into", () => {
  expect(slotsOf({ window_from_at: "2026-11-25T10:00:00", window_until_at: "2026-11-25T18:00:00" })).toEqual(["wed_am", "wed_pm", "wed_eve"]);
});

test("a task that was moved while its claim waited is known by the time that it was claimed for", () => {
  const took = { id: "t", from: "2026-11-22T09:00:00Z", until: "2026-11-22T12:00:00Z" };
  const claimed = noted(noted([], { ...took, from: "long ago" }), took);
  expect([isMoved(claimed, task("t")), isMoved(claimed, task("t", { window_from_at: "2026-11-22T15:00:00Z" })), isMoved(claimed, task("other"))]).toEqual([false, true, false]);
  const many = Array.from({ length: 60 }, (_, n) => ({ ...took, id: String(n) })).reduce(noted, [] as ReturnType<typeof noted>);
  expect([many.length, many.at(-1)?.id]).toEqual([50, "59"]);
});
