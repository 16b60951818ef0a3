import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { ENGLISH } from "@contract/ranker/index.ts";
import { RULES_PACK } from "@contract/ranker/rules.ts";
import { fill } from "@contract/ranker/sentences.ts";
import { RULES_PACK as VOLUNTEERS_PACK } from "@contract/ranker/volunteers/rules.ts";
import { sentences } from "../src/words/pl/index.ts";
import { speak } from "../src/words/t.ts";
import { tongue } from "../src/words/tongue.ts";

afterEach(() => speak("en"));

type Said = readonly [unknown, string, ...unknown[]];
interface Told {
  readonly rules: readonly (readonly [string, unknown, string, string | null])[];
  readonly families: readonly (readonly [string, readonly Said[], readonly Said[]])[];
}

/** Every sentence that a pack can say, and those of the code around it. */
function english(): string[] {
  const told = [RULES_PACK, VOLUNTEERS_PACK] as unknown as Told[];
  const rules = told.flatMap((pack) => pack.rules.flatMap(([, , text, change]) => (change === null ? [text] : [text, change])));
  const lines = told.flatMap((pack) => pack.families.flatMap(([, said, changes]) => [...said, ...changes].map(([, text]) => text)));
  const own = ["shortlist", "demand", "volunteers/rank"].flatMap((file) => {
    const source = readFileSync(new URL(`../../mobile_contract/typescript/ranker/${file}.ts`, import.meta.url), "utf8");
    return [...source.matchAll(/"([A-Z][^"]*\.)"/g)].map(([, text = ""]) => text);
  });
  return [...new Set([...rules, ...lines, ...own])].sort();
}

/** What packs that were trained before say, and how it is worded now. */
const FORMERLY: { readonly [older: string]: string } = {
  "On at several times when they are free.": "At several times when they are free.",
  "On when they are free: {free_slots_mask|any:slot}.": "At a time when they are free: {free_slots_mask|any:slot}.",
  "Not on when they said they are free.": "Not at a time when they are free.",
  "Needs what is offered: {skills_met_mask|any:skill}.": "Uses these skills: {skills_met_mask|any:skill}.",
  "At several times that are free.": "At several free times.",
  "At a time that is free: {free_slots_mask|any:slot}.": "At a free time: {free_slots_mask|any:slot}.",
  "Not at a time that was given as free.": "Not at a free time.",
  "In {shared_mask|any:language}, which is spoken.": "In a shared language: {shared_mask|any:language}.",
};

describe("The ranker in Polish", () => {
  test("has every sentence that the ranker says, those of older packs, and no other", () =>
    expect(Object.keys(sentences).sort()).toEqual([...english(), ...Object.keys(FORMERLY)].sort()));

  test("tells an older pack's sentence as it tells the newer", () => {
    const all: { readonly [english: string]: string } = sentences;
    for (const [older, newer] of Object.entries(FORMERLY)) expect([older, all[older]]).toEqual([older, all[newer]]);
  });

  test("puts the same values into each, though the words around them differ", () => {
    const values = (text: string): string[] => [...text.matchAll(/\{(\w+)\|/g)].map(([, name = ""]) => name).sort();
    for (const [text, words] of Object.entries(sentences)) expect([text, values(words)]).toEqual([text, values(text)]);
  });

  test("says kilometres, money, days and labels as Polish does", async () => {
    await speak("pl");
    const say = (text: string, value: number): string | undefined => fill(text, () => value, tongue());
    expect(say("Helps with: {well_met_mask|any:need}.", 0b11)).toBe("Pomaga w tym: samotność i obniżony nastrój.");
    expect(say("Next session {next_days|in_days}.", 1)).toBe("Najbliższe spotkanie jutro.");
    expect(say("Next session {next_days|in_days}.", 5)).toBe("Najbliższe spotkanie za 5 dni.");
    expect(say("Costs {cost_pence|pounds} a session.", 250)).toBe("Kosztuje 2,50\u00a0£ za spotkanie.");
    expect(say("{travel_m|km} away, about {minutes|whole} minutes each way.", 12)).toBe("0,0 km od domu, około 12 min w jedną stronę.");
    expect(say("Of {chosen|people} pointed here, {started|whole} started.", 3)).toBe("Skierowano tu: 3 osoby; zaczęło: 3.");
  });

  test("says in English what only a newer pack knows how to say", async () => {
    await speak("pl");
    expect(fill("Something new, {next_days|in_days}.", () => 1, tongue())).toBe("Something new, tomorrow.");
  });
});

test("English is the ranker's own", () => expect(tongue()).toBe(ENGLISH));
