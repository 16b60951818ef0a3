import { expect, test } from "vitest";
import { ARRANGED, DONE, farOff, LASTING, RUNNING } from "../src/logic/days.ts";

const TODAY = "2026-11-23";
const AHEAD = "This day is very far off. Check the year";
const AGO = "This day was long ago. Check the year";

test("a day is told that is further off than anybody means", () => {
  expect(farOff({ on: "9999-11-24" }, ARRANGED, TODAY)).toEqual({ on: AHEAD });
  expect([farOff({ on: "2028-11-23" }, ARRANGED, TODAY), farOff({ on: "2028-11-24" }, ARRANGED, TODAY)]).toEqual([{}, { on: AHEAD }]);
  expect([farOff({ on: "2024-11-23" }, ARRANGED, TODAY), farOff({ on: "0001-01-01" }, ARRANGED, TODAY)]).toEqual([{}, { on: AGO }]);
  expect([farOff({ until: "2036-11-23" }, LASTING, TODAY), farOff({ until: "2036-11-24" }, LASTING, TODAY)]).toEqual([{}, { until: AHEAD }]);
  expect([farOff({ ends_on: "2026-11-20" }, RUNNING, TODAY), farOff({ ends_on: "2020-01-01" }, RUNNING, TODAY)]).toEqual([{}, { ends_on: AGO }]);
  expect([farOff({ on: "1970-01-01" }, DONE, TODAY), farOff({ on: "1900-01-01" }, DONE, TODAY)]).toEqual([{}, { on: AGO }]);
});

test("a day that is missing, or was so before, is left alone", () => {
  expect(farOff({ starts_on: "", ends_on: null }, LASTING, TODAY)).toEqual({});
  expect(farOff({ starts_on: "1999-01-01", ends_on: "9999-01-01" }, LASTING, TODAY, { starts_on: "1999-01-01" })).toEqual({ ends_on: AHEAD });
});
