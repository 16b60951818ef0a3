/** Fills the {value|format} places of a sentence; `ml/features/sentences.py` lists the formats. */

import { VOCABULARIES, type VocabularyName } from "../../generated/contract.ts";

const PLACE = /\{(\w+)\|(\w+):?(\w*)\}/g;

const FORMATS: Record<string, (value: number, vocabulary: string) => string | undefined> = {
  km: (metres) => {
    const tenths = Math.floor((metres + 50) / 100);
    return `${Math.floor(tenths / 10)}.${tenths % 10} km`;
  },
  pounds: (pence) => {
    const rest = Math.floor(pence) % 100;
    const whole = Math.floor(Math.floor(pence) / 100);
    return rest ? `£${whole}.${String(rest).padStart(2, "0")}` : `£${whole}`;
  },
  whole: (value) => String(Math.floor(value)),
  people: (count) => (count === 1 ? "1 person" : `${Math.floor(count)} people`),
  days: (days) => (days === 1 ? "1 day" : `${Math.floor(days)} days`),
  in_days: (days) => ["today", "tomorrow"][Math.floor(days)] ?? `in ${Math.floor(days)} days`,
  any: (mask, vocabulary) => {
    const said = labels(vocabulary).filter((_, place) => (mask >>> place) & 1);
    return [said.slice(0, -1).join(", "), ...said.slice(-1)].filter(Boolean).join(" and ") || undefined;
  },
  one: (place, vocabulary) => labels(vocabulary)[Math.trunc(place)],
};

function labels(vocabulary: string): string[] {
  return Object.hasOwn(VOCABULARIES, vocabulary) ? Object.values(VOCABULARIES[vocabulary as VocabularyName]) : [];
}

/**
 * `template` with each {value|format} filled in; undefined when one of them is not known or cannot be said.
 * A pack may be newer than the app, with formats and codes that are new too.
 */
export function fill(template: string, valueOf: (name: string) => number): string | undefined {
  let isSaid = true;
  const filled = template.replace(PLACE, (_, name: string, format: string, vocabulary: string) => {
    const value = valueOf(name);
    const said = Number.isFinite(value) && Object.hasOwn(FORMATS, format) ? FORMATS[format]?.(value, vocabulary) : undefined;
    if (said === undefined) isSaid = false;
    return said ?? "";
  });
  return isSaid ? filled : undefined;
}
