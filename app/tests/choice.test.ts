import { expect, test } from "vitest";
import type { PlacementDoc } from "@generated/contract.ts";
import { choiceOf } from "../src/data/choice.ts";

const placement = (status: PlacementDoc["status"], referral_id = "r1", item_id = "a1"): PlacementDoc =>
  ({ referral_id, item_id, status }) as PlacementDoc;

test("a choice stands until it is declined or has ended", () => {
  expect(choiceOf([placement("offered")], "r1", "a1")).toBe("stands");
  expect(choiceOf([placement("declined"), placement("ended")], "r1", "a1")).toBe("before");
  expect(choiceOf([placement("declined"), placement("chosen")], "r1", "a1")).toBe("stands");
});

test("what another referral chose, or something else, is no choice here", () => {
  expect(choiceOf([placement("offered", "r2"), placement("offered", "r1", "a2")], "r1", "a1")).toBe("none");
});
