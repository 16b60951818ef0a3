import { expect, test } from "vitest";
import { type Look, namesIn } from "../src/logic/about.ts";

const HELD: { readonly [place: string]: { readonly [field: string]: string } } = {
  "person p": { given_name: "Ada", family_name: "Example" },
  "referral r": { person_id: "p" },
  "account a": { name: "The Made-Up Choir" },
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
