/** What is half written when the app locks: kept in the vault with its page, and put back after the PIN, so that locking costs nobody a word. */

import type { Kept } from "../data/kept.ts";
import type { SealedStore } from "./store.ts";

const NAME = "half-written";
/** How long a page may take to draw the fields that were there. */
const PATIENCE_MS = 3_000;
const FIELDS = 'main textarea[id], main input[id]:not([type]), main input[id][type="text"], main input[id][type="tel"], main input[id][type="email"]';

type Field = HTMLInputElement | HTMLTextAreaElement;

interface Places {
  readonly kept: Kept;
  readonly store: SealedStore;
}

interface Halfway {
  readonly hash: string;
  readonly values: { readonly [id: string]: string };
}

/** Keep what stands in the fields of the page that is open. */
export async function keepHalfway({ kept, store }: Places): Promise<void> {
  const fields = [...document.querySelectorAll<Field>(FIELDS)].filter(({ value }) => value !== "");
  if (fields.length === 0) return;
  const values = Object.fromEntries(fields.map(({ id, value }) => [id, value]));
  const halfway: Halfway = { hash: location.hash, values };
  await kept.put(NAME, halfway).catch(() => putAside(store, halfway));
}

/** Put it back where it was, once, if that page is the one that opens. */
export async function bringHalfway({ kept, store }: Places): Promise<void> {
  const halfway = (await fromAside(store)) ?? (await kept.get<Halfway>(NAME));
  if (!halfway) return;
  sessionStorage.removeItem(NAME);
  // A full phone cannot even note that it has given them back.
  await kept.delete(NAME).catch(() => undefined);
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

/** The disk is full: the words stay with this window, sealed as all else is, until the next PIN. */
async function putAside(store: SealedStore, halfway: Halfway): Promise<void> {
  sessionStorage.setItem(NAME, JSON.stringify([...(await store.seal(NAME, JSON.stringify(halfway)))]));
}

async function fromAside(store: SealedStore): Promise<Halfway | undefined> {
  const aside = sessionStorage.getItem(NAME);
  if (aside === null) return undefined;
  // What another vault has sealed is nobody's any more.
  const words = await store.unseal(NAME, new Uint8Array(JSON.parse(aside) as number[])).catch(() => null);
  return words === null ? undefined : (JSON.parse(words) as Halfway);
}

/** As if the person had typed it, so that the screen hears of it. */
function type(field: Field, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
