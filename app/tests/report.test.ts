import { describe, expect, test } from "vitest";
import { groupsOf, type Line } from "../src/logic/report.ts";

const line = (group: string, name: string, value: number | null = 7): Line => ({ table: "dwellings", group, name, value });

describe("A report in groups", () => {
  test("areas stand one after the other, and all together at the end", () => {
    const groups = groupsOf([line("E1", "done"), line("E1", "*"), line("E2", "done"), line("*", "done")], "dwellings");
    expect(groups.map(({ code, lines }) => [code, lines.length])).toEqual([["E1", 2], ["E2", 1], ["*", 1]]);
  });

  test("one area alone is told once", () => {
    expect(groupsOf([line("E1", "done"), line("*", "done")], "dwellings").map(({ code }) => code)).toEqual(["E1"]);
  });

  test("what another table counts stays out", () => {
    expect(groupsOf([line("E1", "done")], "answer")).toEqual([]);
  });
});
