import { expect, test } from "vitest";
import { KINDS } from "@generated/contract.ts";
import { joined, mayWrite } from "../src/logic/settling.ts";

test("a third value may be written into plain text only", () => {
  const fields = KINDS.person.fields;
  const open = Object.keys(fields).filter((field) => mayWrite(fields[field], field));
  expect(open.sort()).toEqual(["address", "family_name", "given_name", "phone", "what_matters"]);
  expect(mayWrite(undefined, "*")).toBe(false);
});

test("two texts that stand as joined may both be kept; one that stands alone is one of the two", () => {
  const text = KINDS.person.fields["what_matters"];
  const [mine, theirs] = [{ value: "Singing" }, { value: "Walking" }];
  expect(joined(text, { mine, theirs, kept: { value: "Walking\nSinging" } })).toBe("Walking\nSinging");
  expect(joined(text, { mine, theirs, kept: mine })).toBeNull();
  expect(joined(KINDS.person.fields["phone"], { mine, theirs, kept: { value: "Walking\nSinging" } })).toBeNull();
});
