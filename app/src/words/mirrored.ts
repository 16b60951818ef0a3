/** A language for tests of the layout: English a third longer, each word drawn from right to left, as Arabic would be. */

import type { Catalogue } from "./t.ts";

type Tree = { readonly [key: string]: string | Tree };

const [BEGIN, END] = ["\u202e", "\u202c"]; // what stands between them is drawn from right to left
const WORD = /\{\{[^}]*\}\}|<[^>]*>|[^\s<>{}]+/g;

function longer(word: string): string {
  return /^[{<]/.test(word) ? word : `${BEGIN}${word}${"~".repeat(Math.floor(word.length / 3))}${END}`;
}

function each(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).map(([key, text]) => [key, typeof text === "string" ? text.replace(WORD, longer) : each(text)]));
}

/** Every text of a catalogue so; values and links stay. */
export function mirrored(catalogue: Catalogue): Catalogue {
  return each(catalogue as unknown as Tree) as unknown as Catalogue;
}
