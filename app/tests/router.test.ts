import { expect, test } from "vitest";
import { at, placeOf, stepsBack } from "../src/router.ts";

test("an address and its place are each other's mirror, odd letters included", () => {
  expect(placeOf(at("people", "a b/c"))).toMatchObject({ parts: ["people", "a b/c"] });
  expect(placeOf("#/items/asset/x?from=r1").query.get("from")).toBe("r1");
});

test("anything else is the home page", () => {
  for (const odd of ["", "#", "#maincontent", "nonsense"]) expect(placeOf(odd)).toMatchObject({ path: "/", parts: [] });
  expect(placeOf("#/people/%E0%A4%A").parts).toEqual(["people", "%E0%A4%A"]);
});

test("the pages of a draft that led here are counted, not those before it nor of another", () => {
  const [home, draft] = ["#/", at("referrals", "draft", "d1")];
  expect(stepsBack([home, `${draft}/who`, `${draft}/name`, `${draft}/check`], 3, draft)).toBe(2);
  expect(stepsBack([`${draft}/who`, home, `${draft}/check`], 2, draft)).toBe(0);
  expect(stepsBack([`${draft}/who`, `${draft}/check`], 1, draft)).toBe(1);
});
