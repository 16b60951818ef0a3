import { expect, test } from "vitest";
import type { EnquiryDoc, OpportunityDoc, TrainingDoc, VolunteerDoc } from "@generated/contract.ts";
import type { Item } from "../src/data/live.ts";
import { enquiryAbout, rolesFor } from "../src/data/roles.ts";
import { keptOffWords } from "../src/words/kept-off.ts";
import { speak } from "../src/words/t.ts";

const at = { version: 1, pending: false, commands: [] };
const volunteer: Item<"volunteer"> = {
  ...at, kind: "volunteer", id: "v1",
  doc: { easting: 570_000, northing: 206_000, max_km: 10, skills: ["listening"], trained: [], status: "active", dbs_level: "none", languages: [], availability: [] } as unknown as VolunteerDoc,
};
const role = (id: string, doc: Partial<OpportunityDoc> = {}): Item<"opportunity"> => ({
  ...at, kind: "opportunity", id,
  doc: { name: id, easting: 571_000, northing: 206_000, skills: [], languages: [], training: [], status: "active", dbs_level: "none", commitment: "weekly", ...doc } as unknown as OpportunityDoc,
});
const training: Item<"training"> = { ...at, kind: "training", id: "food", doc: { name: "Food hygiene" } as TrainingDoc };
const me = { volunteer, claims: [], asks: [], tasks: [] };
const rank = (roles: Item<"opportunity">[], limit?: number) => rolesFor(me, { roles, schedules: [], trainings: [training] }, "2026-11-22", limit);

test("roles come with reasons in words, and the same lists give the same order", () => {
  const roles = [role("far", { easting: 578_000 }), role("near", { skills: ["listening"] })];
  const { suiting, notice } = rank(roles);
  expect(suiting.map((line) => line.role.id)).toEqual(["near", "far"]);
  expect(suiting[0]?.suited.reasons.length).toBeGreaterThan(0);
  expect(notice).not.toBeNull();
  expect(rank(roles)).toEqual(rank(roles));
});

test("what asks for a training that is not held is kept off, and the training is named", () => {
  const { suiting, keptOff } = rank([role("cook", { training: ["food"] }), role("greet")]);
  expect(suiting.map((line) => line.role.id)).toEqual(["greet"]);
  expect(keptOff.map(({ role: { id }, why }) => [id, why.rule, why.text.includes("Food hygiene")])).toEqual([["cook", "training_missing", true]]);
});

test("what keeps a role off is told in the language of the phone", async () => {
  const told = (): string[] => rank([role("cook", { training: ["food"] })]).keptOff.map((line) => keptOffWords(line, volunteer.doc, new Map([["food", "Food hygiene"]]), "2026-11-22"));
  expect(told()).toEqual(["You need this training: Food hygiene."]);
  await speak("pl");
  expect(told()).toEqual(["Potrzebne jest to szkolenie: Food hygiene."]);
  await speak("en");
});

test("what is further away than somebody goes is kept off and says what would change that", () => {
  expect(rank([role("beyond", { easting: 590_000 })]).keptOff[0]?.why).toMatchObject({ rule: "too_far" });
});

test("an enquiry that is over hides no role", () => {
  const enquiry = (status: EnquiryDoc["status"]): Item<"enquiry"> => ({ ...at, kind: "enquiry", id: status, doc: { opportunity_id: "r", status } as EnquiryDoc });
  expect(enquiryAbout("r", [enquiry("withdrawn"), enquiry("interview")])?.id).toBe("interview");
  expect(enquiryAbout("r", [enquiry("no_reply"), enquiry("unsuitable")])).toBeUndefined();
});

test("five thousand roles are put in order while nobody waits", () => {
  const roles = Array.from({ length: 5000 }, (_, n) => role(`r${n}`, { easting: 566_000 + n }));
  const from = performance.now();
  expect(rank(roles, 20).suiting.length).toBe(20);
  expect(performance.now() - from).toBeLessThan(5000);
});
