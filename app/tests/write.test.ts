import { expect, test } from "vitest";
import { movesFrom, wayTo } from "../src/data/write.ts";

test("a referral moves to offered by way of shortlisted", () => {
  expect(wayTo("received", "offered")).toEqual(["shortlisted", "offered"]);
  expect(wayTo("shortlisted", "offered")).toEqual(["offered"]);
  expect(wayTo("offered", "offered")).toEqual([]);
});

test("a state without moves leads nowhere", () => {
  expect(movesFrom("declined")).toEqual(["received"]);
  expect(wayTo("sustained", "sustained")).toEqual([]);
});
