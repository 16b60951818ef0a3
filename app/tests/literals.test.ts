import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { literals } from "./literals.ts";

const SRC = new URL("../src/", import.meta.url);

/** What stands here is read by no one who uses the app, or is the same in every language; and why. */
const OTHERWISE: { readonly [file: string]: string } = {
  "data/database.ts": "names of indices",
  "data/kith.ts": "how the server and its lists name a phone: the same for everyone who sees it",
  "ui/signature-pad.tsx": "the letters in which a typed name is drawn",
  "words/t.ts": "languages by their own names",
  "vault/disk.ts": "errors for those who mend the app",
  "vault/keys.ts": "what a key is for, part of how it is made",
  "vault/seal.ts": "errors for those who mend the app",
  "vault/vault.ts": "errors for those who mend the app",
};

function withText(): string[] {
  const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name)).map((name) => name.replaceAll("\\", "/"));
  return files.filter((name) => !(name in OTHERWISE) && literals(readFileSync(new URL(name, SRC), "utf8")).length > 0).sort();
}

test("every text that a person reads is in the catalogue", () => {
  expect(withText()).toEqual([]);
});

test("text is found wherever it stands", () => {
  const source = `
    const gone = "It is gone";
    const tag = { text: "New" };
    export const A = ({ n }: Props) => <p title="hint" aria-label={n ? "one" : \`\${n} more\`}>Hello {n === 1 ? "one thing" : t("a.b")}</p>;`;
  expect(literals(source)).toEqual(["It is gone", "New", "hint", "one", "more", "Hello", "one thing"]);
});

test("names and codes are no text", () => {
  const source = `
    import a from "some where";
    const name: "One Two" = t("home.tab") + at("more") + (event.key === "Escape");
    if (!a) throw new Error("nobody is signed in");
    export const A = () => <input class="nhsuk-input kith-wide" id="one two" type="text" title={t("a.b")} />;`;
  expect(literals(source)).toEqual([]);
});
