import { describe, expect, test } from "vitest";
import { fourSides, logical, logicalName, logicalValue } from "../scripts/logical.ts";

describe("A style sheet is turned so that it mirrors:", () => {
  test.each([
    ["margin-left", "margin-inline-start"], ["padding-right", "padding-inline-end"], ["border-left", "border-inline-start"],
    ["border-right-color", "border-inline-end-color"], ["left", "inset-inline-start"], ["margin-top", "margin-top"], ["color", "color"],
  ])("%s is %s", (prop, turned) => expect(logicalName(prop)).toBe(turned));

  test.each([
    ["text-align", "left", "start"], ["float", "right", "inline-end"], ["text-align", "center", "center"], ["transform-origin", "left", "left"],
  ])("%s: %s is %s", (prop, value, turned) => expect(logicalValue(prop, value)).toBe(turned));

  test("four sides of which two differ are told as two", () => {
    expect(fourSides("padding", "8px 28px 8px calc(1px + (2px * 2))")).toEqual([["padding-block", "8px 8px"], ["padding-inline", "calc(1px + (2px * 2)) 28px"]]);
    expect([fourSides("margin", "0 4px 0 4px"), fourSides("margin", "0 auto"), fourSides("border-width", "1px 2px 3px 4px")]).toEqual([null, null, null]);
  });

  test("a map is not mirrored", () => {
    const pane = { prop: "left", value: "0", parent: { selector: ".leaflet-pane" }, cloneBefore: () => undefined, remove: () => undefined };
    logical.Declaration(pane);
    expect(pane.prop).toBe("left");
  });
});
