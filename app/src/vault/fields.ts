/** The fields of a page: what they hold, and putting it back as if the person had done it. */

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What a field holds: its text, or for a radio or a checkbox whether it is chosen. */
export type Held = string | boolean;

/** The field of a form that says which version of a record it was opened on. */
export const OPENED_ON = "opened-on";

/** By the id of the field. */
export type Values = { readonly [id: string]: Held };

/** What is typed into the form of a page. */
export interface Page {
  readonly hash: string;
  readonly values: Values;
}

/** How long a page may take to draw the fields that were there. */
const PATIENCE_MS = 3_000;

export function held(field: Field): Held {
  return field.type === "radio" || field.type === "checkbox" ? (field as HTMLInputElement).checked : field.value;
}

/** Put values back into the page at `hash`, as its fields are drawn, while it is open; `told` hears of the first that was not there. */
export function putBack(hash: string, values: Values, told: () => void = () => undefined): void {
  let isTold = false;
  const until = performance.now() + PATIENCE_MS;
  const left = new Map(Object.entries(values));
  const look = (): void => {
    if (location.hash !== hash) return;
    for (const [id, value] of left) {
      const field = document.getElementById(id) as Field | null;
      if (field === null) continue;
      left.delete(id);
      if (held(field) === value) continue;
      put(field, value);
      if (!isTold) told();
      isTold = true;
      // One between two drawings: a screen adds each answer to those that it was last drawn with.
      break;
    }
    if (left.size > 0 && performance.now() < until) requestAnimationFrame(look);
  };
  look();
}

/** As if the person had done it, so that the screen hears of it. */
function put(field: Field, value: Held): void {
  if (typeof value === "boolean") return field.click();
  field.value = value;
  // A list that does not have it any more stays as it is.
  if (field.value !== value) return;
  for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
}
