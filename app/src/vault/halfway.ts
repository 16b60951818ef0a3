/** What is half written when the app locks: kept in the vault with its page, and put back after the PIN, so that locking costs nobody a word. */

import type { Kept } from "../data/kept.ts";

const NAME = "half-written";
/** How long a page may take to draw the fields that were there. */
const PATIENCE_MS = 3_000;
const FIELDS = 'main textarea[id], main input[id]:not([type]), main input[id][type="text"], main input[id][type="tel"], main input[id][type="email"]';

type Field = HTMLInputElement | HTMLTextAreaElement;

interface Halfway {
  readonly hash: string;
  readonly values: { readonly [id: string]: string };
}

/** Keep what stands in the fields of the page that is open. */
export async function keepHalfway(kept: Kept): Promise<void> {
  const fields = [...document.querySelectorAll<Field>(FIELDS)].filter(({ value }) => value !== "");
  if (fields.length === 0) return;
  const values = Object.fromEntries(fields.map(({ id, value }) => [id, value]));
  await kept.put(NAME, { hash: location.hash, values } satisfies Halfway);
}

/** Put it back where it was, once, if that page is the one that opens. */
export async function bringHalfway(kept: Kept): Promise<void> {
  const halfway = await kept.get<Halfway>(NAME);
  if (!halfway) return;
  await kept.delete(NAME);
  if (halfway.hash !== location.hash) return;
  const until = performance.now() + PATIENCE_MS;
  const left = new Map(Object.entries(halfway.values));
  const look = (): void => {
    for (const [id, value] of left) {
      const field = document.getElementById(id);
      if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
      left.delete(id);
      if (field.value !== value) type(field, value);
    }
    if (left.size > 0 && location.hash === halfway.hash && performance.now() < until) requestAnimationFrame(look);
  };
  look();
}

/** As if the person had typed it, so that the screen hears of it. */
function type(field: Field, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
