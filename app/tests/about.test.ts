import { expect, test } from "vitest";
import { type Look, namesFor, namesIn, writtenIn } from "../src/logic/about.ts";

const HELD: { readonly [place: string]: { readonly [field: string]: string } } = {
  "person p": { given_name: "Ada", family_name: "Example" },
  "referral r": { person_id: "p" },
  "account a": { name: "The Made-Up Choir" },
  "time_request q": { name: "A made-up lift" },
  "volunteer v": { given_name: "Una", family_name: "Example" },
  "task t": { name: "Made-up shopping" },
};

const look: Look = (kind, id) => HELD[`${kind} ${id}`];

test.each([
  ["its own name", { name: "Tinned soup" }, ["Tinned soup"]],
  ["a person's whole name", { given_name: "Ada", family_name: "" }, ["Ada"]],
  ["both sides of an exchange", { giver_name: "Edith", receiver_name: "Una" }, ["Edith", "Una"]],
  ["the side that has a name", { giver_name: null, receiver_name: "Una" }, ["Una"]],
  ["the person of its referral", { referral_id: "r", task_id: "t" }, ["Ada Example"]],
  ["the next that the phone knows", { volunteer_id: "gone", account_id: "a" }, ["The Made-Up Choir"]],
  ["nobody", { volunteer_id: null, task_id: "gone" }, []],
])("a change is named by %s", (_, doc, names) => {
  expect(namesIn(doc, look)).toEqual(names);
});

test.each([
  ["what it asks", { title: "A shelf", request_id: "new" }, ["A shelf"]],
  ["whom it gives to", { to_account_id: "a" }, ["The Made-Up Choir"]],
  ["the number of whom the phone does not know", { with_account_id: "time-9", request_id: "q" }, ["time-9"]],
  ["whose account it opens", { owner_id: "v" }, ["Una Example"]],
  ["the number of nobody", { owner_id: "volunteer-99" }, ["volunteer-99"]],
  ["what it answers", { request_id: "q", offer_id: null }, ["A made-up lift"]],
  ["nothing, where its record says it", { request_id: "gone", minutes: 30 }, []],
])("a command is named by %s", (_, args, names) => {
  expect(namesFor(args, look)).toEqual(names);
});

test("what somebody wrote in a command is found, and codes and numbers are not", () => {
  expect(writtenIn({ minutes: 50, line: "She gave me the receipt.", reason: "ill", note: null, description: "" })).toEqual(["She gave me the receipt."]);
  expect(["Rings after six", "moved_away", "2026-11-23", 7, null].flatMap((value) => writtenIn({ keep: "other", value }))).toEqual(["Rings after six"]);
});
