/** The feed, pulled once for all collections: each asks for its pages by the cursor where it stands. */

import { BehaviorSubject } from "rxjs";
import { CONTRACT } from "../../generated/contract.ts";
import type { Budget, Page } from "../../typescript/sync/wire.ts";
import type { Door } from "../shared/door.ts";

/** How many pages are remembered. A device holds 20,000 records at most, so that a first sync asks for each page once. */
const REMEMBERED = 64;
const PAGE = { schema: CONTRACT.version, limit: 500, max_bytes: 1024 * 1024 };

export class Feed {
  /** What the latest page said of how much this device holds. */
  readonly budget$ = new BehaviorSubject<Budget | null>(null);
  private readonly door: Door;
  private readonly pages = new Map<string, Promise<Page>>();
  private scopes: Promise<Set<string>> | null = null;

  constructor(door: Door) {
    this.door = door;
  }

  /** The page after `cursor`. Throws OfflineError, ProblemError. */
  page(cursor: string | null): Promise<Page> {
    const name = cursor ?? "";
    const known = this.pages.get(name);
    if (known) return known;
    const asked = this.ask(cursor);
    this.pages.set(name, asked);
    asked.catch(() => this.pages.delete(name));
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= REMEMBERED) break;
      this.pages.delete(oldest);
    }
    return asked;
  }

  /** The scopes that this device may hold, without those that stay away because it is full. */
  async held(): Promise<Set<string>> {
    const away = this.budget$.value?.refused ?? [];
    return new Set([...(await this.granted())].filter((scope) => !away.includes(scope)));
  }

  private granted(): Promise<Set<string>> {
    if (this.scopes) return this.scopes;
    const asked = this.door.manifest().then(({ scopes }) => new Set(scopes));
    this.scopes = asked;
    asked.catch(() => (this.scopes = null));
    return asked;
  }

  /** Forgets what may have grown old: the grants, and each page that was the last. Earlier ones lead on to what is new. */
  async refresh(): Promise<void> {
    this.scopes = null;
    for (const [name, asked] of [...this.pages]) {
      const page = await asked.catch(() => null);
      if (!page?.more && this.pages.get(name) === asked) this.pages.delete(name);
    }
  }

  private async ask(cursor: string | null): Promise<Page> {
    const page = await this.door.post<Page>("/v1/sync/pull", { cursor, ...PAGE });
    this.budget$.next(page.budget ?? null);
    return page;
  }

  /** Forgets every page: they were of another epoch. */
  clear(): void {
    this.pages.clear();
  }
}
