import { expect, test } from "vitest";
import { slotsWords } from "../src/words/candidate.ts";

test("times are told in the order of the week, however they were ticked", () =>
  expect(slotsWords(["wed_pm", "mon_eve", "mon_am"])).toBe("Monday morning, Monday evening and Wednesday afternoon"));
