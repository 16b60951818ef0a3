/**
 * What is typed into a form and not saved: kept in the vault at each pause, by the address of its page, and put back when
 * that page opens again. So another page, a call or a flat battery costs nobody a word. Forms with a draft of their own
 * do better, and are left to it.
 */

import { useEffect } from "preact/hooks";
import type { Kept } from "../data/kept.ts";
import { type Field, held, OPENED_ON, type Page, putBack, type Values } from "./fields.ts";

const NAME = "unsaved";
const PAUSE_MS = 300;
const MOST_PAGES = 20;
const KEPT = 'main form textarea[id], main form select[id], main form input[id]:not([type="password"], [type="file"], [type="search"])';
/** A PIN is never written down, also not where it can be read. */
const NEVER = /^#\/(safety|sign-in)/;

/** By address; the page that was typed into last comes last. */
type Pages = readonly (readonly [hash: string, values: Values])[];

let ownDrafts = 0;

/** For a form that keeps a draft of its own. */
export function useOwnDraft(): void {
  useEffect(() => {
    ownDrafts += 1;
    return () => void (ownDrafts -= 1);
  }, []);
}

export class Unsaved {
  private pages = new Map<string, Values>();
  /** What was typed, or dropped, and the vault does not have yet: other windows keep theirs beside it. */
  private news = new Map<string, Values | null>();
  private hash = location.hash;
  /** What was typed for what is being saved just now. */
  private dropped: Page | null = null;
  private isSubmitted = false;
  /** What was kept is here; before that nothing may be written over it. */
  private isRead: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly kept: Kept,
    /** Whether this phone is under a PIN: before that nothing is written down. */
    private readonly isKept: () => boolean,
    /** Somebody's words are back. */
    private readonly told: () => void,
  ) {}

  /** Put back what belongs to this page, and follow what is typed. Gives the function that ends it. */
  start(): () => void {
    const ended = new AbortController();
    const { signal } = ended;
    const touched = ({ target }: Event): void => this.touch(target as Field);
    for (const name of ["input", "change"]) document.addEventListener(name, touched, { signal, capture: true });
    document.addEventListener("submit", () => void (this.isSubmitted = true), { signal, capture: true });
    document.addEventListener("visibilitychange", () => void this.flush(), { signal });
    addEventListener("hashchange", () => this.turned(), { signal });
    const read = this.kept.get<Pages>(NAME).catch(() => undefined); // locked again already
    this.isRead = read.then((pages) => {
      this.pages = new Map([...(pages ?? []), ...this.pages]);
    });
    void this.isRead.then(() => this.bring());
    return () => {
      ended.abort();
      void this.flush();
    };
  }

  /** A change was made on this page, or on the one that it led away from: nothing of it is unsaved. Gives what was typed for it. */
  saved(): Page | null {
    this.drop(this.hash);
    this.drop(location.hash);
    const page = this.dropped;
    this.dropped = null;
    return page;
  }

  /** What was saved is not any more: put it back when its page opens, unless something else was typed there since. */
  giveBack({ hash, values }: Page): void {
    if (this.pages.has(hash)) return;
    this.pages.set(hash, values);
    this.news.set(hash, values);
    void this.flush();
    this.bring();
  }

  private touch(field: Field): void {
    if (!this.isKept() || ownDrafts > 0 || NEVER.test(location.hash) || !field.matches(KEPT)) return;
    this.isSubmitted = false;
    const others = field.type === "radio" ? radiosOf(field) : [];
    const before = Object.entries(this.pages.get(location.hash) ?? {}).filter(([id]) => !others.includes(id));
    const on = field.form?.elements.namedItem(OPENED_ON) as Field | null | undefined;
    const values = { ...(on && { [OPENED_ON]: held(on) }), ...Object.fromEntries(before), [field.id]: held(field) };
    this.pages.set(location.hash, values);
    this.news.set(location.hash, values);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** Whoever sent a form off and was led away has saved it. The old page is still drawn when this is told. */
  private turned(): void {
    this.dropped = null;
    if (this.isSubmitted && document.querySelector(".nhsuk-error-summary, .nhsuk-form-group--error") === null) this.drop(this.hash);
    else void this.flush();
    this.hash = location.hash;
    this.isSubmitted = false;
    this.bring();
  }

  private bring(): void {
    const values = this.pages.get(location.hash);
    if (!values) return;
    putBack(location.hash, values, this.told);
  }

  private drop(hash: string): void {
    const values = this.pages.get(hash);
    if (!values) return;
    this.pages.delete(hash);
    this.dropped = { hash, values };
    this.isSubmitted = false;
    this.news.set(hash, null);
    void this.flush();
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer);
    await this.isRead;
    if (this.news.size === 0) return;
    const news = this.news;
    this.news = new Map();
    // A full phone says so when the form itself is saved; what it could not take is written with what comes next.
    await this.kept.change<Pages>(NAME, (kept = []) => merged(kept, news)).catch(() => {
      this.news = new Map([...news, ...this.news]);
    });
  }
}

/** The news of a window beside what all windows have kept; the oldest page gives way. */
function merged(kept: Pages, news: ReadonlyMap<string, Values | null>): Pages {
  const typed = [...news].filter((page): page is [string, Values] => page[1] !== null);
  return [...kept.filter(([hash]) => !news.has(hash)), ...typed].slice(-MOST_PAGES);
}

function radiosOf({ form, name }: Field): string[] {
  return [...(form?.elements ?? [])].flatMap((one) => (one instanceof HTMLInputElement && one.name === name ? [one.id] : []));
}
