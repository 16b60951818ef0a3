/** Numbers and e-mail addresses as they are typed: loosely read, as people write a name or a time beside a number. */

import { t } from "../words/t.ts";

type Wrong = { readonly [field: string]: string };
type Given = { readonly [field: string]: string | null };

/** The shortest number that reaches somebody: a local one without its code. */
const FEWEST_DIGITS = 5;
const NO_WRITING = /[<>\p{Extended_Pictographic}\p{Cc}\p{Cf}]/u;
const EMAIL = /^[^\s@<>]+@[^\s@<>]+$/;

export function isPhone(text: string): boolean {
  return (text.match(/\d/g) ?? []).length >= FEWEST_DIGITS && !NO_WRITING.test(text);
}

export function isEmail(text: string): boolean {
  return EMAIL.test(text) && !NO_WRITING.test(text);
}

/**
 * What must be put right: field → sentence. A field called `email` holds an address, any other a number; one that is
 * empty, or as it was `before`, is left alone.
 */
export function contactWrong(given: Given, before: Given = {}): Wrong {
  const wrong = Object.entries(given).flatMap(([field, value]) => {
    const text = (value ?? "").trim();
    if (text === "" || value === before[field]) return [];
    if (field === "email") return isEmail(text) ? [] : [[field, t("ui.wrong.email")]];
    return isPhone(text) ? [] : [[field, t("ui.wrong.phone")]];
  });
  return Object.fromEntries(wrong) as Wrong;
}
