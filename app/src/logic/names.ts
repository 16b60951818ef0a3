/** First and last name of a name that was typed in one, and names in a line. */

/** Words that begin a last name of several: "van der Berg", "de Souza". */
const PARTICLES = new Set(["al", "ap", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "st", "ten", "van", "von", "zu"]);

/** The last word is the last name, with the particles before it; all before that is the first name. */
export function nameParts(typed: string): { given_name: string; family_name: string } {
  const words = typed.trim().split(/\s+/).filter(Boolean);
  let from = Math.max(1, words.length - 1);
  while (from > 1 && PARTICLES.has((words[from - 1] ?? "").toLowerCase().replace(".", ""))) from -= 1;
  return { given_name: words.slice(0, from).join(" "), family_name: words.slice(from).join(" ") };
}

const MOST = 20;
const LONGEST = 80;

/** Names with commas between them, as many and as long as a record of fieldwork takes. */
export function namesIn(line: string): string[] {
  return line.split(",").map((one) => one.trim().slice(0, LONGEST)).filter(Boolean).slice(0, MOST);
}
