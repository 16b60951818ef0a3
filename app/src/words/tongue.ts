/** The language in which the ranker tells its reasons and rules: what it scores and what is logged is the same in all. */

import { ENGLISH, type Tongue } from "@contract/ranker/index.ts";
import { VOCABULARIES, type VocabularyName } from "@generated/contract.ts";
import { inDaysWords } from "./dates.ts";
import { labelsOf } from "./labels.ts";
import { daysWords, listWords, poundsWords, small } from "./plain.ts";
import { numberWords, ownWords, t } from "./t.ts";

/** The ranker's tongue for the language that the app speaks. */
export function tongue(): Tongue {
  const { sentences } = ownWords();
  if (!sentences) return ENGLISH;
  return {
    template: (english) => (Object.hasOwn(sentences, english) ? sentences[english] : undefined),
    say: (format, value, vocabulary) => (Object.hasOwn(FORMATS, format) ? FORMATS[format]?.(value, vocabulary) : undefined),
  };
}

/** The same values as the ranker's own formats, each as its words. */
const FORMATS: { readonly [format: string]: (value: number, vocabulary: string) => string | undefined } = {
  km: (metres) => `${numberWords(Math.floor((metres + 50) / 100) / 10, { minimumFractionDigits: 1 })} km`,
  pounds: (pence) => poundsWords(Math.floor(pence)),
  whole: (value) => numberWords(Math.floor(value)),
  people: (count) => t("plain.people", { count: Math.floor(count) }),
  days: (days) => daysWords(Math.floor(days)),
  in_days: (days) => inDaysWords(Math.floor(days)),
  any: (mask, vocabulary) => listWords(labels(vocabulary).filter((_, place) => (mask >>> place) & 1)) || undefined,
  one: (place, vocabulary) => labels(vocabulary)[Math.trunc(place)],
  tenths: (chance) => tenthsWords(Math.floor(10 * chance + 0.5)),
};

function labels(vocabulary: string): string[] {
  return Object.hasOwn(VOCABULARIES, vocabulary) ? Object.values(labelsOf(vocabulary as VocabularyName)).map(small) : [];
}

function tenthsWords(tenths: number): string {
  if (tenths === 0) return t("plain.tenths.few");
  return tenths === 10 ? t("plain.tenths.most") : t("plain.tenths.some", { tenths });
}
