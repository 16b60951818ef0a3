/** Numbers, e-mail and web addresses as they are typed: loosely read, as people write a name or a time beside a number. */

import { t } from "../words/t.ts";

type Wrong = { readonly [field: string]: string };
type Given = { readonly [field: string]: string | null };

/** The shortest number that reaches somebody: a local one without its code. */
const FEWEST_DIGITS = 5;
/** Room for two numbers beside each other. */
const MOST_DIGITS = 30;
const NO_WRITING = /[<>\p{Extended_Pictographic}\p{Cc}\p{Cf}]/u;
const EMAIL = /^[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)+$/;
const WEB = /^https?:\/\/([^\s/?#@:.]+(?:\.[^\s/?#@:.]+)+)(?::\d+)?(?:[/?#]\S*)?$/i;

export function isPhone(text: string): boolean {
  const digits: readonly string[] = text.match(/\d/g) ?? [];
  return digits.length >= FEWEST_DIGITS && digits.length <= MOST_DIGITS && new Set(digits).size > 1 && !NO_WRITING.test(text);
}

export function isEmail(text: string): boolean {
  return EMAIL.test(text) && !NO_WRITING.test(text);
}

/** The site that a web address leads to, such as "www.example.org"; null when it is none. */
export function siteOf(text: string): string | null {
  return NO_WRITING.test(text) ? null : (WEB.exec(text)?.[1] ?? null);
}

/** A web address as it is saved: people leave out how it begins. */
export function webAddress(typed: string): string {
  const text = typed.trim();
  return text === "" || /^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`;
}

/**
 * What must be put right: field → sentence. A field called `email` or `url` holds an address, any other a number; one that is
 * empty, or as it was `before`, is left alone.
 */
export function contactWrong(given: Given, before: Given = {}): Wrong {
  const wrong = Object.entries(given).flatMap(([field, value]) => {
    const text = (value ?? "").trim();
    if (text === "" || value === before[field]) return [];
    if (field === "email") return isEmail(text) ? [] : [[field, t("ui.wrong.email")]];
    if (field === "url") return siteOf(webAddress(text)) ? [] : [[field, t("ui.wrong.web")]];
    return isPhone(text) ? [] : [[field, t("ui.wrong.phone")]];
  });
  return Object.fromEntries(wrong) as Wrong;
}
