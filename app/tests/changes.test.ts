import { afterEach, describe, expect, test } from "vitest";
import { KINDS } from "@generated/contract.ts";
import { changeWords, commandWords } from "../src/words/changes.ts";
import en from "../src/words/en/index.ts";
import pl from "../src/words/pl/index.ts";
import { speak } from "../src/words/t.ts";

afterEach(() => speak("en"));

describe.each([["English", en], ["Polish", pl]])("the %s catalogue has words", (_, words) => {
  test("for every kind of the contract, and for no other", () => {
    expect(Object.keys(words.changes.kinds).sort()).toEqual(Object.keys(KINDS).sort());
  });

  test("for every command of the contract, and for no other", () => {
    const commands = new Set(Object.values(KINDS).flatMap((rule) => rule.commands));
    expect(Object.keys(words.changes.commands).sort()).toEqual([...commands].sort());
  });
});

test("a change waits as a sentence in either language", async () => {
  const change = { op: "patch", kind: "person", set: { phone: "1", easting: 2 }, command: null } as const;
  expect([changeWords(change), commandWords("claim")]).toEqual(["Change phone number (person)", "Claim a task"]);
  expect([changeWords(change, "Ada Example"), changeWords({ ...change, op: "create" }, "Ada Example")]).toEqual(["Change phone number (Ada Example)", "New person (Ada Example)"]);
  await speak("pl");
  expect([changeWords({ ...change, op: "create" }), commandWords("claim")]).toEqual(["Nowy wpis: osoba", "Zgłoszenie się do zadania"]);
});

test("every field that people can change has words in both languages", () => {
  const changed = Object.values(KINDS).filter((rule) => rule.writers.length > 0)
    .flatMap((rule) => Object.entries(rule.fields).filter(([, { merge }]) => merge !== "server" && merge !== "immutable").map(([name]) => name));
  for (const words of [en, pl]) expect([...new Set(changed)].filter((name) => !(name in words.changes.fields))).toEqual([]);
});
