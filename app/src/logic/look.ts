/** How the app looks and speaks on this phone: chosen once, kept beside the records, and never sent anywhere. */

import { isSpoken, speak } from "../words/t.ts";

export const SIZES = ["100", "125", "150", "200"] as const;
export const COLOURS = ["phone", "light", "dark"] as const;

export interface Look {
  readonly language: string;
  readonly size: string;
  readonly colours: string;
}

declare global {
  /** app/public/look.js: puts what is kept on the page; it runs once before anything is drawn. */
  var kithLook: () => void;
}

const KEPT = "kith-look";

/** What holds now, chosen or not. */
export function lookNow(): Look {
  const { language = "en", size = "100", colours = "phone" } = document.documentElement.dataset;
  return { language, size, colours };
}

/** Keep a choice and show it at once. A phone that keeps nothing (a private window) shows it until it is closed. */
export async function choose(change: Partial<Look>): Promise<void> {
  const look = { ...lookNow(), ...change };
  try {
    localStorage.setItem(KEPT, JSON.stringify(look));
    globalThis.kithLook();
  } catch {
    Object.assign(document.documentElement.dataset, look);
  }
  await speakAsChosen();
}

/** Speak the language that the page is in; who draws follows by `onLook`. */
export async function speakAsChosen(): Promise<void> {
  const { language } = lookNow();
  await speak(isSpoken(language) ? language : "en");
  dispatchEvent(new Event(KEPT));
}

export function onLook(follow: () => void): () => void {
  addEventListener(KEPT, follow);
  return () => removeEventListener(KEPT, follow);
}
