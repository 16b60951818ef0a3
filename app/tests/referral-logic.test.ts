import { describe, expect, test } from "vitest";
import type { ConsentDoc, ExposureDoc, MeasureDoc, PlacementDoc } from "@generated/contract.ts";
import { VOCABULARIES } from "@generated/contract.ts";
import { cardItems } from "../src/data/card.ts";
import type { Ranked } from "../src/data/items.ts";
import { dateFrom } from "../src/logic/birth.ts";
import { agreesToMore, atMost } from "../src/logic/consent.ts";
import { coursesOf, lineOf } from "../src/logic/measures.ts";
import { nameParts } from "../src/logic/names.ts";
import { indexWords, sought } from "../src/logic/plain-words.ts";
import { hasMark, longer, pathOf, pointOn, UNSIGNED } from "../src/logic/signature.ts";
import { ownTimes, whomToAsk } from "../src/screens/referral/card-facts.ts";
import { placeOf } from "../src/ui/type-ahead.ts";
import en from "../src/words/en/referral.json";
import pl from "../src/words/pl/referral.json";

describe("a need is found by what people say", () => {
  const indexOf = (words: { readonly [code: string]: string }) => indexWords(Object.entries(VOCABULARIES.need).map(([code, label]) => ({ code, label, words: words[code] ?? "" })));
  const [english, polish] = [indexOf(en.needWords), indexOf(pl.needWords)];
  test("whole, in part, with or without its apostrophe", () => {
    expect(sought(english, "can't sleep").slice(0, 2)).toEqual(["low_mood", "anxiety"]);
    expect(sought(english, "cant sle")[0]).toBe("low_mood");
    expect(sought(english, "money worries")[0]).toBe("money");
    expect(sought(english, "lonely")[0]).toBe("loneliness");
    expect(sought(english, "MONEY")[0]).toBe("money");
  });
  test("in another language, with or without its accents", () => {
    expect(sought(polish, "długi")[0]).toBe("money");
    expect(sought(polish, "dlugi")[0]).toBe("money");
  });
  test("not at all for nothing, or for what nobody says", () => {
    expect(sought(english, "  ")).toEqual([]);
    expect(sought(english, "zebra")).toEqual([]);
  });
  test("for every need there are words, in both languages", () => {
    for (const words of [en.needWords, pl.needWords]) expect(Object.keys(words).sort()).toEqual(Object.keys(VOCABULARIES.need).sort());
  });
});

describe("what is typed in one go", () => {
  test("is a first and a last name, particles with the last", () => {
    expect(nameParts("Maud Exampleton")).toEqual({ given_name: "Maud", family_name: "Exampleton" });
    expect(nameParts(" Mary Ann  Smith ")).toEqual({ given_name: "Mary Ann", family_name: "Smith" });
    expect(nameParts("Ludwig van der Berg")).toEqual({ given_name: "Ludwig", family_name: "van der Berg" });
    expect(nameParts("Maud")).toEqual({ given_name: "Maud", family_name: "" });
  });
  test("is a date in any of the usual ways", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    for (const typed of ["27/3/1952", "27 03 1952", "27.3.52", "27 March 1952", "27 marca 1952", "1952-03-27", "27th mar 52"]) expect([typed, dateFrom(typed, now)]).toEqual([typed, "1952-03-27"]);
    expect(dateFrom("1 5 26", now)).toBe("2026-05-01");
    expect([dateFrom("31/2/1952", now), dateFrom("27/3", now), dateFrom("1/1/2027", now), dateFrom("", now)]).toEqual([null, null, null, null]);
  });
  test("goes to the choice that has the word", () => {
    const labels = ["On foot", "By wheelchair", "By bus", "By car"];
    expect([placeOf(labels, "bu"), placeOf(labels, "b"), placeOf(labels, "on"), placeOf(labels, "x")]).toEqual([2, 1, 0, -1]);
  });
});

describe("a signature", () => {
  test("is lines of more than a slip, or a typed name with a tick", () => {
    expect(hasMark(UNSIGNED)).toBe(false);
    expect(hasMark({ ...UNSIGNED, lines: [[1, 1, 2, 2]] })).toBe(false);
    expect(hasMark({ ...UNSIGNED, lines: [[1, 1, 2, 2], [3, 3, 4, 4]] })).toBe(true);
    expect(hasMark({ ...UNSIGNED, typed: "Ada" })).toBe(false);
    expect(hasMark({ ...UNSIGNED, typed: "Ada", ticked: true })).toBe(true);
  });
  test("stays on its paper and keeps no point twice", () => {
    expect(pointOn(-5, 9999)).toEqual([0, 400]);
    expect(longer([1, 2], 1, 2)).toEqual([1, 2]);
    expect(longer([1, 2], 3, 4)).toEqual([1, 2, 3, 4]);
    expect(pathOf([[1, 2, 3, 4], [5, 6]])).toBe("M1 2L3 4M5 6L5 6");
  });
});

describe("consent", () => {
  const all: ConsentDoc = { person_id: "p", team_id: "t", keep_record: true, share_with_providers: "name_and_needs", use_for_improvement: true, method: "signed", given_on: "2026-11-01" };
  const agreed = { keep_record: true, share: "codes_only" as const, improve: false };
  test("to more is a new one, to less is taken back in all that stand", () => {
    expect(agreesToMore(agreed, { ...agreed, improve: true })).toBe(true);
    expect(agreesToMore(agreed, { ...agreed, share: "nothing" })).toBe(false);
    expect(atMost(all, agreed)).toEqual({ keep_record: true, share_with_providers: "codes_only", use_for_improvement: false });
    expect(atMost({ ...all, share_with_providers: "nothing" }, agreed).share_with_providers).toBe("nothing");
  });
});

describe("wellbeing over time", () => {
  const measure = (taken_on: string, satisfied: number | null, anxious: number | null, lonely: number | null): MeasureDoc =>
    ({ taken_on, satisfied, anxious, lonely, worthwhile: null, happy: null }) as MeasureDoc;
  const courses = coursesOf([measure("2026-06-01", 7, 3, null), measure("2026-01-01", 4, 3, null), measure("2026-07-01", null, null, 2)]);
  test("says better or worse by the way in which the question counts", () => {
    expect(courses.map(({ scale, change, by }) => [scale.question, change, by])).toEqual([["satisfied", "better", 3], ["anxious", "same", 0], ["lonely", "first", 0]]);
    expect(coursesOf([measure("2026-01-01", null, 3, null), measure("2026-02-01", null, 8, null)])[0]).toMatchObject({ change: "worse", by: 5 });
  });
  test("is a line by day and value", () => {
    expect(lineOf(courses[0]!, 100, 50)).toEqual([[0, 30], [100, 15]]);
    expect(lineOf(courses[2]!, 100, 40)).toEqual([[50, 30]]);
  });
});

describe("the card to take along", () => {
  const item = (id: string): Ranked => ({ kind: "asset", id, version: 1, pending: false, commands: [], doc: { name: id, easting: 3000, northing: 4000 } }) as unknown as Ranked;
  const slate = { shown_at: "2026-11-02", items: ["a", "b", "c"].map((id, position) => ({ kind: "asset", id, position })) } as unknown as ExposureDoc;
  test("has what was chosen first, then the latest shortlist, and nothing that is gone from the phone", () => {
    const older = { ...slate, shown_at: "2026-11-01", items: [] };
    const chosen = [{ item_kind: "asset", item_id: "b", status: "chosen" }, { item_kind: "asset", item_id: "c", status: "declined" }] as unknown as PlacementDoc[];
    const card = cardItems([item("b"), item("c")], chosen, [older, slate], { easting: 0, northing: 0 } as never);
    expect(card.map(({ item: one, chosen: is, metres }) => [one.id, is, metres])).toEqual([["b", true, 5000], ["c", false, 5000]]);
  });
  test("tells no distance to what comes to the home or is online", () => {
    const coming = [{ ...item("b").doc, at_home: true }, { ...item("c").doc, online: true }].map((doc) => ({ ...item(doc.name), doc }) as Ranked);
    expect(cardItems(coming, [], [slate], { easting: 0, northing: 0 } as never).map(({ metres }) => metres)).toEqual([null, null]);
  });
  test("tells when an offer can be had, and a number wherever one is known", () => {
    expect(ownTimes({ kind: "offer", doc: { availability: ["sat_am"] } } as unknown as Ranked)).toBe("Ask when it suits: Saturday morning");
    const bank = { name: "County Time Bank", phone: "01632 960190", email: null };
    expect(whomToAsk({}, bank)).toBe("County Time Bank, 01632 960190");
    expect(whomToAsk({ phone: "01632 960177" }, bank)).toBe("County Time Bank, 01632 960177");
    expect(whomToAsk({}, { ...bank, phone: null })).toBe("County Time Bank. Ask us how to reach them");
    expect(whomToAsk({}, undefined)).toBe("Ask us");
  });
});
