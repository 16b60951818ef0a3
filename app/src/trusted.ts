/**
 * The one policy by which this app may turn text into something that runs or is drawn as markup. The content security
 * policy refuses any other, so a fault in a library cannot bring a stranger's script to life.
 */

/** The markup that the map's library draws: a test of the browser, and the signs of its buttons. */
const MARKUP: readonly string[] = [
  "<svg/>", '<v:shape adj="1"/>', '<span aria-hidden="true">+</span>', '<span aria-hidden="true">&#x2212;</span>',
];
const WORKER = "/sw.js";

/** What may be drawn as markup: known signs as they are, anything else as the plain text that it is. */
export function harmless(text: string): string {
  return MARKUP.includes(text) ? text : text.replaceAll("<", "&lt;");
}

/** The only script that may be started by its address is the service worker. Throws for any other. */
export function ownScript(address: string): string {
  if (address === WORKER) return address;
  throw new TypeError("this app starts no other script");
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string; createScriptURL(address: string): string }): unknown;
}

/** Browsers that do not know of trusted types do without. */
export function trustOnlyOwn(): void {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  types?.createPolicy("default", { createHTML: harmless, createScriptURL: ownScript });
}
