import { afterEach, describe, expect, test } from "vitest";
import { VOCABULARIES, type VocabularyName } from "@generated/contract.ts";
import { label, labelsOf } from "../src/words/labels.ts";
import { labels } from "../src/words/pl/index.ts";
import { speak } from "../src/words/t.ts";

afterEach(() => speak("en"));

describe("The Polish labels", () => {
  test("name every code of every vocabulary, in its order, and no other", () => {
    const codes = (all: object): [string, string[]][] => Object.entries(all).map(([name, words]): [string, string[]] => [name, Object.keys(words)]).sort();
    expect(codes(labels)).toEqual(codes(VOCABULARIES));
  });

  test("call no two codes of one vocabulary the same", () => {
    const twice = Object.entries(labels).filter(([, words]) => new Set(Object.values(words)).size < Object.keys(words).length);
    expect(twice.map(([name]) => name)).toEqual([]);
  });
});

test("a label is in the language that is spoken", async () => {
  expect(label("need", "loneliness")).toBe("Feeling lonely");
  await speak("pl");
  expect([label("need", "loneliness"), labelsOf("weekday")["wed"]]).toEqual(["Samotność", "Środa"]);
});

test("a code that this version does not know stands for itself", async () => {
  await speak("pl");
  expect(label("need", "brand_new")).toBe("brand_new");
});

test("every vocabulary has its words whole", () => {
  for (const name of Object.keys(VOCABULARIES) as VocabularyName[]) expect(labelsOf(name)).toEqual(VOCABULARIES[name]);
});
