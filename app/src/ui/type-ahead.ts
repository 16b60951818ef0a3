/** In a group of choices, a word that is typed goes to the choice that has it: "bus" is "By bus". */

/** A pause longer than this begins a new word. */
const ONE_WORD_MS = 900;

interface Typing {
  text: string;
  at: number;
}

const typing: Typing = { text: "", at: 0 };

/** To be heard on whatever holds the choices. Only while one of them has the focus, so no other key is taken. */
export function typeAhead(event: KeyboardEvent): void {
  const from = event.target;
  if (!(from instanceof HTMLInputElement) || (from.type !== "radio" && from.type !== "checkbox")) return;
  if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) {
    typing.text = "";
    return;
  }
  const now = event.timeStamp;
  typing.text = (now - typing.at > ONE_WORD_MS ? "" : typing.text) + event.key.toLowerCase();
  typing.at = now;
  const group = [...(from.closest("fieldset")?.querySelectorAll<HTMLInputElement>(`input[type=${from.type}]`) ?? [])];
  const found = group[placeOf(group.map((one) => one.labels?.[0]?.textContent ?? ""), typing.text)];
  if (!found) return;
  event.preventDefault();
  found.focus();
  if (found.type === "radio" && !found.checked) found.click();
}

/** The first label that begins with the text, or else one of whose words does; -1 when none does. */
export function placeOf(labels: readonly string[], text: string): number {
  const small = labels.map((label) => label.toLowerCase());
  const first = small.findIndex((label) => label.startsWith(text));
  return first >= 0 ? first : small.findIndex((label) => label.split(/[^\p{L}\d]+/u).some((word) => word.startsWith(text)));
}
