import { expect, test } from "vitest";
import type { AskDoc, ClaimDoc, TaskDoc } from "@generated/contract.ts";
import type { Item } from "../src/data/live.ts";
import { timeline } from "../src/logic/timeline.ts";

const at = { version: 1, pending: false, commands: [] };
const task = (doc: Partial<TaskDoc> = {}, commands: Item<"task">["commands"] = []): Item<"task"> =>
  ({ ...at, kind: "task", id: "t", commands, doc: { status: "claimed", window_until_at: "2026-11-22T12:00:00Z", ...doc } as TaskDoc });
const ask = (doc: Partial<AskDoc>): Item<"ask"> => ({ ...at, kind: "ask", id: "a", doc: { asked_at: "2026-11-22T08:00:00Z", status: "claimed", ...doc } as AskDoc });
const claim = (doc: Partial<ClaimDoc>): Item<"claim"> => ({
  ...at, kind: "claim", id: "c",
  doc: { status: "active", claimed_at: "2026-11-22T08:10:00Z", set_out_at: null, late_at: null, late_min: null, ended_at: null, thanked_at: null, minutes: null, ...doc } as ClaimDoc,
});
const told = (...of: Parameters<typeof timeline>): string[] => timeline(...of).map(({ what, at: when, minutes }) => `${what} ${when?.slice(11, 16) ?? "waits"}${minutes ? ` ${minutes}` : ""}`);

test("from being asked to the thanks, each once and in its order", () => {
  const whole = claim({ status: "done", set_out_at: "2026-11-22T09:00:00Z", late_at: "2026-11-22T09:10:00Z", late_min: 15, ended_at: "2026-11-22T10:00:00Z", minutes: 30, thanked_at: "2026-11-22T11:00:00Z" });
  expect(told(task({ status: "done" }), ask({}), whole)).toEqual([
    "asked 08:00", "claimed 08:10", "setOut 09:00", "late 09:10 15", "done 10:00 30", "thanked 11:00",
  ]);
});

test("what waits on this phone comes last and has no time", () => {
  const waiting = task({}, [{ mid: "1", name: "set_out", args: {} }, { mid: "2", name: "running_late", args: { minutes: 20 } }]);
  expect(told(waiting, null, claim({}))).toEqual(["claimed 08:10", "setOut waits", "late waits 20"]);
});

test("being on time after all leaves no lateness behind", () => {
  expect(told(task(), null, claim({ late_at: "2026-11-22T09:10:00Z", late_min: 0 }))).toEqual(["claimed 08:10"]);
});

test("given back, called off and run out are told apart", () => {
  const ended = (status: ClaimDoc["status"], of: TaskDoc["status"], reason: ClaimDoc["reason"] = null): string | undefined =>
    timeline(task({ status: of }), null, claim({ status, reason, ended_at: "2026-11-22T09:30:00Z" })).at(-1)?.what;
  expect([ended("released", "open", "unwell"), ended("released", "cancelled"), ended("lapsed", "expired")]).toEqual(["givenBack", "calledOff", "lapsed"]);
  expect(ended("released", "open")).toBe("wentBack");
  expect(told(task({ status: "expired" }), ask({ status: "lapsed" }), null)).toEqual(["asked 08:00", "expired 12:00"]);
});
