import { describe, expect, test } from "vitest";
import type { CompletionDoc, TrainingDoc, VolunteerDoc } from "@generated/contract.ts";
import { dueIn, type Gated, standing, toCheck, trainingLines } from "../src/logic/trainings.ts";

const TODAY = "2026-11-22";
const training = (id: string, more: Partial<TrainingDoc> = {}) => ({ id, doc: { name: id, lead_days: 42, status: "active", ...more } as TrainingDoc });
const volunteer = (trained: { training_id: string; until_on: string | null }[]) => ({ id: "v", doc: { given_name: "Edith", family_name: "W", status: "active", trained } as unknown as VolunteerDoc });
const completion = (training_id: string, more: Partial<CompletionDoc> = {}, commands: { mid: string; name: string; args: object }[] = []) =>
  ({ id: `c-${training_id}`, doc: { training_id, volunteer_id: "v", status: "unverified", done_on: "2026-11-20", ...more } as CompletionDoc, commands: commands as never });
const task = (id: string, asks: string[], more = {}): Gated =>
  ({ kind: "task", id, doc: { training: asks, status: "open", window_until_at: "2026-11-25T12:00:00Z", ...more } as never });

describe("A volunteer's trainings", () => {
  const all = ["ever", "good", "soon", "over", "waits", "new"].map((id) => training(id));
  const held = volunteer([
    { training_id: "ever", until_on: null }, { training_id: "good", until_on: "2027-11-22" }, { training_id: "soon", until_on: "2026-12-20" }, { training_id: "over", until_on: "2026-11-21" },
  ]);

  test("what is due comes first, and what is held last", () => {
    const lines = trainingLines(held, all, [completion("waits")], [], TODAY);
    expect(lines.map(({ training: { id }, state }) => [id, state])).toEqual([["over", "over"], ["soon", "soon"], ["waits", "checking"], ["new", "none"], ["ever", "held"], ["good", "held"]]);
  });

  test("the last day is a day on which it is still good", () => {
    const [line] = trainingLines(volunteer([{ training_id: "t", until_on: TODAY }]), [training("t")], [], [], TODAY);
    expect(line).toMatchObject({ state: "soon", until: TODAY });
  });

  test("people are told as long before the end as the training says", () => {
    const at = (lead_days: number) => trainingLines(volunteer([{ training_id: "t", until_on: "2026-12-02" }]), [training("t", { lead_days })], [], [], TODAY)[0]?.state;
    expect([at(9), at(10)]).toEqual(["held", "soon"]);
  });

  test("what was renewed and not looked at yet waits, though the old one is over", () => {
    expect(trainingLines(held, [training("over")], [completion("over")], [], TODAY)[0]?.state).toBe("checking");
    expect(trainingLines(held, [training("over")], [completion("over", {}, [{ mid: "m", name: "revoke_completion", args: {} }])], [], TODAY)[0]?.state).toBe("over");
  });

  test("what is renewed before it runs out still runs out, until the centre has looked", () => {
    expect(trainingLines(held, [training("soon")], [completion("soon")], [], TODAY)[0]).toMatchObject({ state: "soon", until: "2026-12-20", waits: true });
  });

  test("a training names the open tasks and roles that ask for it", () => {
    const role = { kind: "opportunity", id: "r", doc: { training: ["new"], status: "active", closes_on: "2026-11-21" } } as unknown as Gated;
    const lines = trainingLines(held, [training("new")], [], [task("open", ["new"]), task("taken", ["new"], { status: "claimed" }), task("other", ["good"]), role], TODAY);
    expect(lines[0]?.opens.map(({ id }) => id)).toEqual(["open"]);
  });

  test("one that is no longer given is shown only to who has it", () => {
    expect(trainingLines(volunteer([]), [training("old", { status: "retired" })], [], [], TODAY)).toEqual([]);
  });
});

describe("What a centre looks at", () => {
  test("is what waits, the oldest first, and never one's own", () => {
    const list = [completion("b"), completion("a", { done_on: "2026-11-01" }), completion("c", { status: "verified" }), completion("own", { volunteer_id: "me" })];
    expect(toCheck(list, "me").map(({ id }) => id)).toEqual(["c-a", "c-b"]);
  });

  test("names whose training runs out soon or has lately, and not what is long over", () => {
    const due = dueIn([volunteer([{ training_id: "t", until_on: "2026-12-01" }, { training_id: "u", until_on: "2026-11-10" }, { training_id: "w", until_on: "2026-01-01" }])], ["t", "u", "w"].map((id) => training(id)), TODAY);
    expect(due.map(({ training: { id }, until }) => [id, until])).toEqual([["u", "2026-11-10"], ["t", "2026-12-01"]]);
  });
});

test("a centre sees what waits, then the latest of each training that counts", () => {
  const done = (id: string, training_id: string, done_on: string, status: string) => ({ id, doc: { training_id, done_on, status } as CompletionDoc });
  const all = [done("old", "lifting", "2024-01-01", "verified"), done("new", "lifting", "2025-01-01", "verified"), done("wrong", "food", "2026-02-01", "revoked"), done("waits", "lifting", "2023-01-01", "unverified")];
  expect(standing(all).map(({ id }) => id)).toEqual(["waits", "new"]);
});
