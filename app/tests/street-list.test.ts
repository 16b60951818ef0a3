import { expect, test } from "vitest";
import { doorsIn, readStreets } from "../src/logic/street-list.ts";

test.each([
  ["Mill Lane 1-35", 35], ["Mill Lane 1 – 35", 35], ["Mill Lane 1 to 35", 35], ["Mill Lane 1-35 odd", 18], ["Evens 2-40", 20],
  ["14 Mill Lane", 1], ["The Old Mill", 1], ["Flat 3, 12-10 Mill Lane", 1], ["Mill Lane 1-4, CM1 2DY", 4], ["CM1 2DY", 1],
])("%s is %d doors", (line, doors) => expect(doorsIn(readStreets(line))).toBe(doors));

test("a postcode holds until the next, and empty lines are none", () => {
  const lines = readStreets("The Old Mill\n\n 1 Mill Lane, cm12dy \n2 Mill Lane\n3 High Street CM1 4AB\n");
  expect(lines.map(({ postcode }) => postcode?.text ?? null)).toEqual([null, "CM1 2DY", "CM1 2DY", "CM1 4AB"]);
});
