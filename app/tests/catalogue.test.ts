import { describe, expect, test } from "vitest";
import en from "../src/words/en/index.ts";
import pl from "../src/words/pl/index.ts";

type Tree = { readonly [key: string]: string | Tree };

const ENDING = /_(zero|one|two|few|many|other)$/;

function leaves(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === "string" ? [[path + key, value]] : leaves(value, `${path}${key}.`)));
}

function plain(name: string): string {
  return name.replace(ENDING, "");
}

function values(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{(\w+)\}\}|<(\w+)>/g)].map(([all]) => all))].sort();
}

const english = leaves(en);
const polish = leaves(pl as unknown as Tree);

describe("The Polish catalogue", () => {
  test("has every text that the English has, and no other", () => {
    const names = (all: [string, string][]): string[] => [...new Set(all.map(([name]) => plain(name)))].sort();
    expect(names(polish)).toEqual(names(english));
  });

  test("has a form for every kind of number where the English has two", () => {
    const had = new Set(polish.map(([name]) => name));
    const lacking = english
      .filter(([name]) => name.endsWith("_other"))
      .flatMap(([name]) => new Intl.PluralRules("pl").resolvedOptions().pluralCategories.map((form) => `${plain(name)}_${form}`))
      .filter((name) => !had.has(name));
    expect(lacking).toEqual([]);
  });

  test("puts the same values and links into each text", () => {
    const told = new Map(english.map(([name, text]) => [name, text]));
    for (const [name, text] of polish) {
      const model = told.get(name) ?? told.get(`${plain(name)}_other`);
      if (model === undefined || ENDING.test(name)) continue;
      expect([name, values(text)]).toEqual([name, values(model)]);
    }
  });

  test("leaves no text empty", () => {
    expect([...english, ...polish].filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});
