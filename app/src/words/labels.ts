/** What the codes of the vocabularies are called, in the language that the app speaks. */

import { label as english, VOCABULARIES, type VocabularyName } from "@generated/contract.ts";
import { capital } from "./plain.ts";
import { ownWords } from "./t.ts";

/** The words for a code; those of the contract, or the code itself, where the language has none. */
export function label(vocabulary: VocabularyName, code: string): string {
  return ownWords().labels?.[vocabulary]?.[code] ?? english(vocabulary, code);
}

/** Several codes by their words: "Money and debt, Low mood". An "and" would not show where one ends, as words have one of their own. */
export function labelList(vocabulary: VocabularyName, codes: readonly string[]): string {
  return capital(codes.map((code) => label(vocabulary, code)).join(", "));
}

/** Every code of a vocabulary with its words, in its order. */
export function labelsOf(vocabulary: VocabularyName): { readonly [code: string]: string } {
  return Object.fromEntries(Object.keys(VOCABULARIES[vocabulary]).map((code) => [code, label(vocabulary, code)]));
}

/** The vocabulary that these words are of, for a list that was handed on whole. */
export function spokenWords(words: { readonly [code: string]: string }): { readonly [code: string]: string } {
  const name = (Object.keys(VOCABULARIES) as VocabularyName[]).find((one) => VOCABULARIES[one] === words);
  return name ? labelsOf(name) : words;
}
