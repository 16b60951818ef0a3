import { expect, test } from "vitest";
import type { Json } from "@contract/sync/index.ts";
import { KINDS } from "@generated/contract.ts";
import { answerOf, byRecord, joined, maySettle, thirdOf, wrongWith } from "../src/logic/settling.ts";

test("a third value is asked for as its field needs it, and of what only moves there is none", () => {
  const third = (kind: "person" | "consent" | "referral", field: string, mine: Json = null) =>
    thirdOf(KINDS[kind].fields[field], field, { mine: { value: mine }, theirs: { value: null } });
  expect([third("person", "phone"), third("person", "what_matters"), third("person", "birth_on"), third("person", "travel"), third("person", "max_km", 5)])
    .toEqual(["line", "text", "day", "codes", "number"]);
  expect([third("consent", "share_with_providers"), third("referral", "status"), third("person", "team_id"), third("person", "*")])
    .toEqual(["order", null, null, null]);
});

test("an answer needs a choice, and another value its words", () => {
  expect(wrongWith({ keep: "", other: "" }, null)).toBe("chooseOne");
  expect(wrongWith({ keep: "other", other: " " }, "line")).toBe("writeIt");
  expect([wrongWith({ keep: "other", other: "a few" }, "number"), wrongWith({ keep: "other", other: "7" }, "number")]).toEqual(["number", null]);
  expect(answerOf({ keep: "other", other: " 7 " }, "number", null)).toEqual({ keep: "other", value: 7 });
  expect(answerOf({ keep: "both", other: "" }, "text", "a\nb")).toEqual({ keep: "other", value: "a\nb" });
  expect(answerOf({ keep: "theirs", other: "left over" }, "line", null)).toEqual({ keep: "theirs" });
});

test("what was changed twice in one record is settled on one page", () => {
  const raised = (record_id: string, raised_at: string, field = "phone") => ({ doc: { record_kind: "person", record_id, raised_at, field } });
  const [one, other, late] = [raised("p1", "2026-11-20"), raised("p2", "2026-11-21"), raised("p1", "2026-11-22")];
  expect(byRecord([late, other, one])).toEqual([[other], [one, late]]);
  const besideOne = raised("p1", "2026-11-20", "email");
  expect(byRecord([one, besideOne])).toEqual([[besideOne, one]]);
});

test("two texts that stand as joined may both be kept; one that stands alone is one of the two", () => {
  const text = KINDS.person.fields["what_matters"];
  const [mine, theirs] = [{ value: "Singing" }, { value: "Walking" }];
  expect(joined(text, { mine, theirs, kept: { value: "Walking\nSinging" } })).toBe("Walking\nSinging");
  expect(joined(text, { mine, theirs, kept: mine })).toBeNull();
  expect(joined(KINDS.person.fields["phone"], { mine, theirs, kept: { value: "Walking\nSinging" } })).toBeNull();
});

test("a change made twice is for whoever may write such a record, and of one's own for its owner", () => {
  const may = (record_kind: string, role: string, record_id = "songs", record = {}): boolean =>
    maySettle({ record_kind, record_id }, { roles: [role], asset_ids: ["songs"] }, () => record);
  expect([may("asset", "centre"), may("asset", "hub"), may("asset", "volunteer"), may("volunteer", "volunteer")]).toEqual([true, false, false, true]);
  expect([may("asset", "asset_owner"), may("asset", "asset_owner", "chess")]).toEqual([true, false]);
  expect([may("schedule", "asset_owner", "any", { item_id: "songs" }), may("schedule", "asset_owner", "any", { item_id: "chess" })]).toEqual([true, false]);
  expect(may("of-a-newer-server", "administrator")).toBe(false);
});
