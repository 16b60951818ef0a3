import { expect, test } from "vitest";
import { VOCABULARIES } from "@generated/contract.ts";
import { quantityFor, REASONS, shelfOf } from "../src/logic/stock.ts";

const soup = { stock: 39, held: 4, low_at: 10, expires_on: null };
const moved = (type: "in" | "out" | "correction", quantity: number, pending = true) => ({ pending, doc: { item_id: "soup", type, quantity } });

test("the shelf counts what waits on this phone, and nothing that the server has counted", () => {
  const shelf = shelfOf("soup", soup, [moved("out", 5), moved("in", 2), moved("correction", -3), moved("out", 20, false)], "2026-11-22");
  expect(shelf).toEqual({ there: 33, free: 29, isLow: false, isOld: false });
});

test("a shelf is low at its mark, and old two weeks before its day", () => {
  expect(shelfOf("soup", { ...soup, stock: 10, expires_on: "2026-12-06" }, [], "2026-11-22")).toMatchObject({ isLow: true, isOld: true });
  expect(shelfOf("soup", { ...soup, stock: 11, expires_on: "2026-12-07" }, [], "2026-11-22")).toMatchObject({ isLow: false, isOld: false });
});

test("no more is handed out than there is, and a count again is kept as its difference", () => {
  const five = { there: 5, free: 5 };
  expect([quantityFor("out", "5", five), quantityFor("out", "6", five), quantityFor("in", "6", five)]).toEqual([5, null, 6]);
  expect([quantityFor("correction", "3", five), quantityFor("correction", "5", five)]).toEqual([-2, null]);
  expect(["", "0", "-1", "2.5", "a few"].map((typed) => quantityFor("in", typed, five))).toEqual([null, null, null, null, null]);
});

test("what is kept for somebody is neither handed out to others nor counted away, as the server takes neither", () => {
  const shelf = { there: 5, free: 3 };
  expect([quantityFor("out", "3", shelf), quantityFor("out", "4", shelf)]).toEqual([3, null]);
  expect([quantityFor("correction", "2", shelf), quantityFor("correction", "1", shelf)]).toEqual([-3, null]);
  expect(quantityFor("in", "1", { there: 0, free: -2 })).toBe(1);
});

test("every reason of the vocabulary has its direction", () => {
  expect(Object.values(REASONS).flat().sort()).toEqual(Object.keys(VOCABULARIES.movement_reason).sort());
});
