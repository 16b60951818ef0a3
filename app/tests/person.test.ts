import { expect, test } from "vitest";
import { slotsWords } from "../src/screens/person.tsx";

test("times are told in the order of the week, however they were ticked", () =>
  expect(slotsWords(["wed_pm", "mon_eve", "mon_am"])).toBe("Monday morning, Monday evening and Wednesday afternoon"));
