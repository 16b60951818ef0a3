import { afterEach, expect, test } from "vitest";
import { listWords } from "../src/words/plain.ts";
import { type Key, locale, MIRRORED, speak, t, textOf } from "../src/words/t.ts";

afterEach(() => speak("en"));

test("a text is found by its name", () => {
  expect(t("common.lost.title")).toBe("This page does not exist");
});

test("another language is gone over to whole", async () => {
  await speak("pl");
  expect([t("common.lost.title"), locale()]).toEqual(["Tej strony nie ma", "pl-PL"]);
});

test("a count chooses the form that the language has for it, and is written as it writes numbers", async () => {
  expect([1, 2, 5001].map((count) => t("plain.minutes", { count }))).toEqual(["1 minute", "2 minutes", "5,001 minutes"]);
  await speak("pl");
  expect([1, 3, 5, 22, 1.5].map((count) => t("plain.minutes", { count }))).toEqual(["1 minuta", "3 minuty", "5 minut", "22 minuty", "1,5 minuty"]);
});

test("what somebody wrote is put in as it is, and is never read as a mark", () => {
  expect(t("home.hello", { name: "{{count}} <b>$& Ann</b>" })).toBe("Hello, {{count}} <b>$& Ann</b>");
});

test("a name that runs the other way than the sentence turns nothing around it, in a list neither", async () => {
  const [ali, umar] = ["علي", "عمر"];
  expect([t("home.hello", { name: ali }), t("home.hello", { name: "Ada Ćwik" })]).toEqual([`Hello, \u2068${ali}\u2069`, "Hello, Ada Ćwik"]);
  expect(listWords([ali, umar])).toBe(`\u2068${ali}\u2069 and \u2068${umar}\u2069`);
  await speak(MIRRORED);
  expect(t("home.hello", { name: "Ada" })).toContain("\u2068Ada\u2069");
});

test("a name that the catalogue has not stands for itself, or gives way to other words", () => {
  expect([t("home.nothing.of.the.kind" as Key), textOf("status.task.brand_new", "brand new"), textOf("constructor", "none")]).toEqual([
    "home.nothing.of.the.kind", "brand new", "none",
  ]);
});
