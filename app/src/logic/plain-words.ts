/** Find a need by what people say: "can't sleep", "money worries". */

export interface Sayable {
  readonly code: string;
  readonly label: string;
  /** What people say for it, with commas between: "bills, can't pay". */
  readonly words: string;
}

interface Indexed {
  readonly code: string;
  readonly label: readonly string[];
  readonly phrases: readonly (readonly string[])[];
}

export function indexWords(all: readonly Sayable[]): readonly Indexed[] {
  return all.map(({ code, label, words }) => ({ code, label: wordsOf(label), phrases: words.split(",").map(wordsOf) }));
}

/** The codes that fit what was typed, the best first; none for nothing typed. */
export function sought(index: readonly Indexed[], typed: string): string[] {
  const said = wordsOf(typed);
  if (said.length === 0) return [];
  return index
    .map((one, place) => ({ code: one.code, place, score: scoreOf(one, said) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ code }) => code);
}

/** Each word as it begins a word of the label or of a phrase; a phrase said whole is worth more than words here and there. */
function scoreOf({ label, phrases }: Indexed, said: readonly string[]): number {
  const held = [label, ...phrases];
  const whole = Math.max(...held.map((phrase) => fits(phrase, said)));
  if (whole === said.length) return 3 + (held[0] !== undefined && fits(label, said) === said.length ? 1 : 0);
  const anywhere = said.filter((word) => word.length > 2 && held.some((phrase) => fits(phrase, [word]) > 0)).length;
  return anywhere / said.length;
}

function fits(phrase: readonly string[], said: readonly string[]): number {
  return said.filter((word) => phrase.some((one) => one.startsWith(word))).length;
}

/** Words in small letters, without accents; an apostrophe joins: "can't" is "cant". */
function wordsOf(text: string): string[] {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f’']/g, "").replaceAll("ł", "l").split(/[^\p{L}\d]+/u).filter(Boolean);
}
