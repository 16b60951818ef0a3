/** The words of the app: one catalogue, a folder for each language; Intl picks the plural and writes the numbers. */

import en from "./en/index.ts";

export type Catalogue = typeof en;

type Plural = "_zero" | "_one" | "_two" | "_few" | "_many" | "_other";
type Singular<K extends string> = K extends `${infer Base}${Plural}` ? Base : K;
type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Leaves<T[K]>}` }[keyof T & string];

/** The name of a text: its area, then its path within: "common.lost.title". A plural's name goes without its ending. */
export type Key = Leaves<Catalogue>;

/** The languages that a person can choose, each by its own name. */
export const LANGUAGES = { en: "English", pl: "Polski" } as const;
export type Language = keyof typeof LANGUAGES;

/** English drawn from right to left, with longer words: nobody chooses it, a test of the layout writes it into the setting. */
export const MIRRORED = "en-XB";
type Spoken = Language | typeof MIRRORED;

interface Words {
  readonly default: Catalogue;
  /** Words for the codes of the vocabularies; without them the contract's own English. */
  readonly labels?: { readonly [vocabulary: string]: { readonly [code: string]: string } };
  /** Sentences of the ranker, by what they are in English. */
  readonly sentences?: { readonly [english: string]: string };
}

const WORDS: { readonly [L in Spoken]: () => Words | Promise<Words> } = {
  en: () => ({ default: en }),
  pl: () => import("./pl/index.ts"),
  [MIRRORED]: async () => ({ default: (await import("./mirrored.ts")).mirrored(en) }),
};

const RIGHT_TO_LEFT: readonly Spoken[] = [MIRRORED];

const LOCALES: { readonly [L in Spoken]: string } = { en: "en-GB", pl: "pl-PL", [MIRRORED]: "en-GB" };

let spoken: Spoken = "en";
let words: Words = { default: en };

/** What is put into a text by name: `{{name}}`. `count` chooses the plural too. */
export interface Values {
  readonly count?: number;
  readonly [name: string]: unknown;
}

/** The text of a name, with `values` put in; `count` chooses its plural. */
export function t(key: Key, values: Values = {}): string {
  return filled(template(key, values), values);
}

/** The text of a name that is put together, such as a state's; `otherwise` where the catalogue has none. */
export function textOf(name: string, otherwise: string, values: Values = {}): string {
  return filled(found(name, values) ?? otherwise, values);
}

/** The text of a name as it stands in the catalogue, before anything is put in. */
export function template(key: Key, values: Values = {}): string {
  return found(key, values) ?? key;
}

/** Every number that comes into a text is written as the language writes numbers. */
export function filled(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? numberWords(value) : isolated(String(value));
  });
}

/** Letters of Hebrew, Arabic and the other scripts that run from right to left. */
const TO_THE_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const TO_THE_RIGHT = /\p{Script=Latin}/u;

/** A name that runs the other way than the sentence, between Unicode's isolates: else it turns the words and stops around it. */
export function isolated(text: string): string {
  const runsOther = RIGHT_TO_LEFT.includes(spoken) ? TO_THE_RIGHT : TO_THE_LEFT;
  return runsOther.test(text) ? `\u2068${text}\u2069` : text;
}

/** In the language that is spoken, else in English; where there is a count, the form for it first. */
function found(name: string, { count }: Values): string | undefined {
  return inCatalogue(words.default, name, count, locale()) ?? inCatalogue(en, name, count, "en-GB");
}

function inCatalogue(catalogue: Catalogue, name: string, count: number | undefined, by: string): string | undefined {
  const form = typeof count === "number" ? leaf(catalogue, `${name}_${pluralRules(by).select(count)}`) : undefined;
  return form ?? leaf(catalogue, name);
}

function leaf(catalogue: Catalogue, name: string): string | undefined {
  let at: unknown = catalogue;
  for (const part of name.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as { readonly [part: string]: unknown })[part];
  }
  return typeof at === "string" ? at : undefined;
}

const rules = new Map<string, Intl.PluralRules>();

function pluralRules(by: string): Intl.PluralRules {
  const made = rules.get(by) ?? new Intl.PluralRules(by);
  rules.set(by, made);
  return made;
}

export function language(): Language {
  return spoken === "pl" ? "pl" : "en";
}

/** The locale by which dates, numbers and lists are written: "en-GB", "pl-PL". */
export function locale(): string {
  return LOCALES[spoken];
}

/** What the language has of its own beside the catalogue. */
export function ownWords(): Words {
  return words;
}

/** Making one takes as long as a hundred uses of it. */
const formats = new Map<string, Intl.NumberFormat>();

/** "5,001", "2.4": a number as the language writes it. */
export function numberWords(value: number, options: Intl.NumberFormatOptions = {}): string {
  const key = `${locale()} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale(), options);
  formats.set(key, format);
  return format.format(value);
}

export function isSpoken(name: unknown): name is Spoken {
  return typeof name === "string" && Object.hasOwn(WORDS, name);
}

/** Go over to a language before anything is drawn; its words are loaded once and kept by the service worker. */
export async function speak(wanted: Spoken): Promise<void> {
  words = await WORDS[wanted]();
  spoken = wanted;
}
