/** Fills the {value|format} places of a sentence; `ml/features/sentences.py` lists the formats. */

import { VOCABULARIES, type VocabularyName } from "../../generated/contract.ts";
import { inTenths } from "./calibration.ts";

const PLACE = /\{(\w+)\|(\w+):?(\w*)\}/;
const PARTS = 4;

/**
 * The language in which reasons and rules are told. A pack says its sentences in English, and a sentence's English is its
 * name in every other language; what is scored, ranked and logged is the same in all.
 */
export interface Tongue {
  /** The template in this language; undefined where it has none, so that the English one is filled by `ENGLISH`. */
  template(english: string): string | undefined;
  /** A value as this language says it; undefined when it cannot be said. */
  say(format: string, value: number, vocabulary: string): string | undefined;
}

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
  tenths: inTenths,
};

export const ENGLISH: Tongue = {
  template: (english) => english,
  say: (format, value, vocabulary) => (Object.hasOwn(FORMATS, format) ? FORMATS[format]?.(value, vocabulary) : undefined),
};

function labels(vocabulary: string): string[] {
  return Object.hasOwn(VOCABULARIES, vocabulary) ? Object.values(VOCABULARIES[vocabulary as VocabularyName]) : [];
}

/** Text, name, format, vocabulary, text, and so on: each template is taken apart once. */
const parted = new Map<string, readonly string[]>();
const MOST_PARTED = 2000;

function partsOf(template: string): readonly string[] {
  const known = parted.get(template);
  if (known) return known;
  const parts = template.split(PLACE);
  if (parted.size >= MOST_PARTED) parted.clear();
  parted.set(template, parts);
  return parts;
}

/** The names of the values that a template tells. */
export function told(template: string): string[] {
  return partsOf(template).filter((_, n) => n % PARTS === 1);
}

/**
 * `template` with each {value|format} filled in; undefined when one of them is not known or cannot be said.
 * A pack may be newer than the app, with formats and codes that are new too.
 */
export function fill(template: string, valueOf: (name: string) => number, tongue: Tongue = ENGLISH): string | undefined {
  const own = tongue.template(template);
  const { say } = own === undefined ? ENGLISH : tongue;
  const parts = partsOf(own ?? template);
  let filled = parts[0] ?? "";
  for (let n = 1; n < parts.length; n += PARTS) {
    const value = valueOf(parts[n] ?? "");
    const said = Number.isFinite(value) ? say(parts[n + 1] ?? "", value, parts[n + 2] ?? "") : undefined;
    if (said === undefined) return undefined;
    filled += said + (parts[n + 3] ?? "");
  }
  return filled;
}
