/** What is half written when the app locks: kept in the vault with its page, and put back after the PIN, so that locking costs nobody a word. */

import type { Kept } from "../data/kept.ts";
import { type Field, held, putBack, type Values } from "./fields.ts";
import type { SealedStore } from "./store.ts";

const NAME = "half-written";
const TYPED = 'main textarea[id], main input[id]:not([type]), main input[id]:is([type="text"], [type="tel"], [type="email"])';
/** Choices of a form alone: elsewhere a choice does at once what it says, and must not do it again. */
const CHOSEN = 'main form select[id], main form input[id]:is([type="radio"], [type="checkbox"], [type="date"], [type="time"])';

interface Places {
  readonly kept: Kept;
  readonly store: SealedStore;
}

interface Halfway {
  readonly hash: string;
  readonly values: Values;
}

/** Keep what stands in the fields of the page that is open. */
export async function keepHalfway({ kept, store }: Places): Promise<void> {
  const typed = [...document.querySelectorAll<Field>(TYPED)].filter(({ value }) => value !== "");
  // Of radios the chosen one says it all; a checkbox without its tick may have had one.
  const chosen = [...document.querySelectorAll<Field>(CHOSEN)].filter((field) => field.type !== "radio" || held(field) === true);
  const fields = [...typed, ...chosen];
  if (fields.length === 0) return;
  const values = Object.fromEntries(fields.map((field) => [field.id, held(field)]));
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
  putBack(halfway.hash, halfway.values);
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
