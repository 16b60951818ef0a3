import { describe, expect, test } from "vitest";
import { after, before, firstUnanswered, newPerson, newReferral, personPart, START, stepsFor, wrongWith, type Answers } from "../src/logic/wizard.ts";

const NOBODY = { hasAlike: false, hasConsent: false };
const ada: Answers = {
  ...START, who: "new", given_name: " Ada ", family_name: "Sutton", birth: { day: "7", month: "3", year: "1951" }, needs: ["loneliness"],
  travel: "bus", budget: "300", referrer: "self", consent: "yes", share: "nothing", postcode: "cm11ab",
};

describe("the pages of a new referral", () => {
  test("ask a new person everything, one question a page", () => {
    expect(stepsFor(START, NOBODY)).toEqual([
      "who", "name", "home", "matters", "needs", "travel", "times", "access", "kind", "referrer", "consent", "check",
    ]);
  });
  test("ask of somebody known only what is new", () => {
    const known = { ...START, who: "existing" as const };
    expect(stepsFor(known, { hasAlike: true, hasConsent: true })).toEqual(["who", "needs", "kind", "referrer", "check"]);
    expect(stepsFor(known, NOBODY)).toContain("consent");
  });
  test("ask whether an alike person is the same, and which need matters most of several", () => {
    expect(after("name", ada, { hasAlike: true, hasConsent: false })).toBe("alike");
    expect(after("needs", { ...ada, needs: ["loneliness", "money"] }, NOBODY)).toBe("main");
    expect(after("needs", ada, NOBODY)).toBe("travel");
  });
  test("go back the way they came, and a change from the end leads back to it", () => {
    expect(before("home", ada, NOBODY)).toBe("name");
    expect(before("who", ada, NOBODY)).toBeNull();
    expect(after("travel", { ...ada, who: "existing" }, NOBODY)).toBe("check");
  });
  test("resume at the first page that is not answered", () => {
    expect(firstUnanswered(START, NOBODY)).toBe("who");
    expect(firstUnanswered({ ...ada, travel: "" }, NOBODY)).toBe("travel");
    expect(firstUnanswered(ada, NOBODY)).toBe("check");
  });
});

describe("answers", () => {
  test("that are wrong say what to do", () => {
    expect(wrongWith("name", START)).toEqual({ given_name: "Enter a first name", family_name: "Enter a last name" });
    expect(wrongWith("name", { ...ada, birth: { day: "31", month: "2", year: "1951" } })).toHaveProperty("birth");
    expect(wrongWith("home", { ...ada, postcode: "CM1" })).toHaveProperty("postcode");
    expect(wrongWith("home", { ...ada, postcode: "" })).toEqual({});
    expect(wrongWith("consent", { ...ada, consent: "no" })).toHaveProperty("consent");
    expect(wrongWith("who", { ...START, who: "existing" })).toEqual({ person: "Choose a person" });
  });
  test("become a person whose postcode is written properly, with or without its place", () => {
    expect(newPerson(ada, "t1")).toMatchObject({ given_name: "Ada", birth_on: "1951-03-07", postcode: "CM1 1AB", team_id: "t1", max_km: null });
    const place = { district: "E07000070", postcode: "CM1 1AB", easting: 570_000, northing: 207_000 };
    expect(newPerson({ ...ada, place }, "t1")).toMatchObject(place);
  });
  test("become a referral: a single need is the main one, any price is no limit", () => {
    expect(newReferral(ada, "p1", "t1", "2026-11-21")).toMatchObject({ main_need: "loneliness", budget_pence: 300, received_on: "2026-11-21" });
    expect(newReferral({ ...ada, budget: "any" }, "p1", "t1", "2026-11-21").budget_pence).toBeNull();
    expect(newReferral({ ...ada, budget: "0" }, "p1", "t1", "2026-11-21").budget_pence).toBe(0);
  });
  test("about travel and times are kept as given", () => {
    expect(personPart({ ...ada, max_km: "5", online_ok: "yes" })).toMatchObject({ max_km: 5, online_ok: true, languages: ["en"] });
  });
});
