import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";

const SCRIPT = readFileSync(new URL("../public/look.js", import.meta.url), "utf8");

/** What the page says of itself before anything is drawn, on a phone that keeps `kept` and asks for `languages`. */
function page(kept: string | null, languages: string[] = ["en-GB"]) {
  const root = { dataset: {} as Record<string, string>, lang: "", dir: "" };
  vi.stubGlobal("document", { documentElement: root });
  vi.stubGlobal("localStorage", { getItem: () => kept });
  vi.stubGlobal("navigator", { languages });
  (0, eval)(SCRIPT);
  return root;
}

afterEach(() => vi.unstubAllGlobals());

test("a phone on which nobody chose anything speaks its own language where the app has it, in its own colours", () => {
  expect(page(null)).toEqual({ lang: "en-GB", dir: "ltr", dataset: { language: "en", size: "100", colours: "phone" } });
  expect(page(null, ["pl-PL", "en"]).lang).toBe("pl");
  expect(page(null, ["ur"]).lang).toBe("en-GB");
});

test("what was chosen holds", () => {
  const chosen = page('{"language":"pl","size":"150","colours":"dark"}');
  expect(chosen).toEqual({ lang: "pl", dir: "ltr", dataset: { language: "pl", size: "150", colours: "dark" } });
  expect(page('{"language":"en"}', ["pl"]).lang).toBe("en-GB");
});

test("a language from right to left turns the page round", () => {
  expect(page('{"language":"en-XB"}')).toMatchObject({ dir: "rtl", dataset: { language: "en-XB" } });
});

test.each(["not json", '"text"', "null", '{"size":"9000","colours":"<b>","language":7}'])("%s is as if nothing had been chosen", (kept) => {
  expect(page(kept).dataset).toEqual({ language: "en", size: "100", colours: "phone" });
});
