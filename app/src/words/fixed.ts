/** Tells texts of the catalogue, which are the same for everybody, from texts that somebody's name or words came into. */

import { locale, t } from "./t.ts";
import en from "./en/index.ts";

type Tree = { readonly [key: string]: string | Tree };

let told: { readonly locale: string; readonly texts: ReadonlySet<string> } | null = null;

/** Whether the catalogue has this very text, so that it tells nothing of anybody. */
export function isFixed(text: string): boolean {
  if (told?.locale !== locale()) told = { locale: locale(), texts: new Set(names(en).map((name) => t(name as Parameters<typeof t>[0]))) };
  return told.texts.has(text);
}

/** The names of texts into which nothing is put. */
function names(tree: Tree, path = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    if (typeof value !== "string") return names(value, `${path}${key}.`);
    return value.includes("{{") ? [] : [path + key];
  });
}
