/** A text of the catalogue in which some words are links or buttons: "See <all>everyone</all>". */

import type { ComponentChildren } from "preact";
import { filled, type Key, template, type Values } from "../words/t.ts";

interface RichProps {
  readonly text: Key;
  readonly values?: Values;
  /** What draws the words between `<name>` and `</name>`. */
  readonly parts: { readonly [name: string]: (words: string) => ComponentChildren };
}

const MARKED = /<(\w+)>(.*?)<\/\1>/g;

export function Rich({ text, values = {}, parts }: RichProps) {
  // Values come in after the marks are found, so that what a person wrote is never taken for a mark.
  const pieces = template(text, values).split(MARKED);
  return <>{pieces.map((piece, n) => (n % 3 === 0 ? filled(piece, values) : n % 3 === 2 ? parts[pieces[n - 1] ?? ""]?.(filled(piece, values)) : null))}</>;
}
