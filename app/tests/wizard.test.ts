import { describe, expect, test } from "vitest";
import { newConsent, newPerson, newReferral, personPart } from "../src/logic/referral-made.ts";
import { isOutdated } from "../src/logic/signature.ts";
import { after, before, firstUnanswered, namesOf, signedUnder, START, stepsFor, withoutOutdated, wrongWith, type Answers } from "../src/logic/wizard.ts";
import { speak } from "../src/words/t.ts";

const NOBODY = { hasAlike: false, hasConsent: false };
const ada: Answers = {
  ...START, name: " Ada  Sutton", birth: "7/3/1951", needs: ["loneliness"], travel: "bus", budget: "300", keep_record: true, postcode: "cm11ab",
};

describe("the pages of a new referral", () => {
  test("ask a new person one question a page, and leave what is mostly so to the end", () => {
    expect(stepsFor(START, NOBODY)).toEqual(["name", "birth", "home", "matters", "needs", "travel", "budget", "consent", "check"]);
  });
  test("ask of somebody known only what is new", () => {
    const known = { ...START, person_id: "p1" };
    expect(stepsFor(known, { hasAlike: true, hasConsent: true })).toEqual(["name", "needs", "budget", "check"]);
    expect(stepsFor(known, NOBODY)).toContain("consent");
  });
  test("ask whether an alike person is the same, and for a signature only who signs", () => {
    expect(after("birth", ada, { hasAlike: true, hasConsent: false })).toBe("alike");
    expect(after("consent", ada, NOBODY)).toBe("check");
    expect(after("consent", { ...ada, method: "signed" }, NOBODY)).toBe("signature");
  });
  test("go back the way they came, and a change from the end leads back to it", () => {
    expect(before("birth", ada, NOBODY)).toBe("name");
    expect(before("name", ada, NOBODY)).toBeNull();
    expect([after("times", ada, NOBODY), before("access", ada, NOBODY)]).toEqual(["check", "check"]);
  });
  test("resume at the first page that is not answered", () => {
    expect(firstUnanswered(START, NOBODY)).toBe("name");
    expect(firstUnanswered({ ...ada, travel: "" }, NOBODY)).toBe("travel");
    expect(firstUnanswered({ ...ada, method: "signed" }, NOBODY)).toBe("signature");
    expect(firstUnanswered(ada, NOBODY)).toBe("check");
  });
});

describe("a signature", () => {
  const agreed: Answers = { ...ada, method: "signed", share: "codes_only" };
  const signed: Answers = { ...agreed, signature: { lines: [[1, 1, 2, 2], [3, 3, 4, 4]], typed: "", ticked: false, under: signedUnder(agreed) } };
  const changes: Partial<Answers>[] = [{ improve: true }, { share: "nothing" }, { share: "name_and_needs" }, { name: "Ida Sutton" }];

  test("stands with what it was given under, in whatever language that is read", async () => {
    expect(withoutOutdated({ ...signed, phone: "01632 960123" }).signature).toEqual(signed.signature);
    await speak("pl");
    expect(wrongWith("signature", signed)).toEqual({});
    await speak("en");
  });
  test("is asked for anew once more, less or somebody else stands there, and does not come back", () => {
    for (const change of changes) {
      const changed = withoutOutdated({ ...signed, ...change });
      expect(changed.signature.lines).toEqual([]);
      expect(firstUnanswered(changed, NOBODY)).toBe("signature");
      expect(isOutdated(changed.signature, signedUnder(changed))).toBe(true);
      expect(wrongWith("signature", withoutOutdated({ ...signed, signature: changed.signature }))).toHaveProperty("signature");
    }
  });
  test("of a draft that does not say what it was given under is none", () => {
    const { under: _, ...older } = signed.signature;
    expect(wrongWith("signature", { ...signed, signature: older as Answers["signature"] })).toHaveProperty("signature");
  });
});

describe("answers", () => {
  test("that are wrong say what to do", () => {
    expect(wrongWith("name", START)).toEqual({ name: "Enter a first name and a last name" });
    expect(wrongWith("name", { ...START, name: "Ada" })).toEqual({ name: "Enter a last name" });
    expect(wrongWith("name", { ...START, given_name: "Ada" })).toEqual({ family_name: "Enter a last name" });
    expect(wrongWith("birth", { ...ada, birth: "31/2/1951" })).toHaveProperty("birth");
    expect(wrongWith("birth", { ...ada, birth: "" })).toEqual({});
    expect(wrongWith("home", { ...ada, postcode: "CM1" })).toHaveProperty("postcode");
    expect(wrongWith("home", { ...ada, postcode: "" })).toEqual({});
    expect(wrongWith("consent", { ...ada, keep_record: false })).toHaveProperty("consent");
  });
  test("about the name are split as typed, or taken as put right", () => {
    expect(namesOf(ada)).toEqual({ given_name: "Ada", family_name: "Sutton" });
    expect(namesOf({ ...ada, given_name: "Ada Jane", family_name: "Sutton Hoo" })).toEqual({ given_name: "Ada Jane", family_name: "Sutton Hoo" });
  });
  test("become a person whose postcode is written properly, with or without its place", () => {
    expect(newPerson(ada, "t1")).toMatchObject({ given_name: "Ada", birth_on: "1951-03-07", postcode: "CM1 1AB", team_id: "t1", max_km: null });
    const place = { district: "E07000070", postcode: "CM1 1AB", easting: 570_000, northing: 207_000 };
    expect(newPerson({ ...ada, place }, "t1")).toMatchObject(place);
  });
  test("become a referral: the first need is the main one unless another is named, any price is no limit", () => {
    expect(newReferral(ada, "p1", "t1", "2026-11-21")).toMatchObject({ main_need: "loneliness", budget_pence: 300, received_on: "2026-11-21" });
    const two = { ...ada, needs: ["money", "loneliness"], budget: "any" };
    expect(newReferral(two, "p1", "t1", "2026-11-21")).toMatchObject({ main_need: "money", budget_pence: null });
    expect(newReferral({ ...two, main_need: "loneliness", budget: "0" }, "p1", "t1", "2026-11-21")).toMatchObject({ main_need: "loneliness", budget_pence: 0 });
  });
  test("that came from elsewhere name how, and the consent they were made with", () => {
    expect(newReferral({ ...ada, source: "visit" }, "p1", "t1", "2026-11-21", "c1")).toMatchObject({ source: "visit", consent_id: "c1" });
    expect(newReferral(ada, "p1", "t1", "2026-11-21", "c1")).not.toHaveProperty("consent_id");
  });
  test("become a consent to each thing on its own", () => {
    expect(newConsent({ ...ada, share: "codes_only", method: "signed" }, "p1", "t1", "2026-11-21")).toMatchObject({
      keep_record: true, share_with_providers: "codes_only", use_for_improvement: false, method: "signed",
    });
  });
  test("about travel and times are kept as given", () => {
    expect(personPart({ ...ada, max_km: "5", online_ok: "yes" })).toMatchObject({ max_km: 5, online_ok: true, languages: ["en"] });
  });
});
