import { expect, test } from "vitest";
import { mayWriteKind, movesFrom, wayTo } from "../src/data/write.ts";

test("a referral moves to offered by way of shortlisted", () => {
  expect(wayTo("received", "offered")).toEqual(["shortlisted", "offered"]);
  expect(wayTo("shortlisted", "offered")).toEqual(["offered"]);
  expect(wayTo("offered", "offered")).toEqual([]);
});

test("a state without moves leads nowhere", () => {
  expect(movesFrom("declined")).toEqual(["received"]);
  expect(wayTo("sustained", "sustained")).toEqual([]);
});

test("only roles that write referrals may make one", () => {
  const may = (...roles: string[]): boolean => mayWriteKind({ roles }, "referral");
  expect([may("prescriber"), may("volunteer"), may("centre", "outreach"), may()]).toEqual([true, false, true, false]);
});
