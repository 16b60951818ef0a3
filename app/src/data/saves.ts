/** What one tap saved: its changes go and come back together, and what was typed for them comes back with them, until they are sent. */

import { type OutboxEntry, type SyncClient, takenWith } from "@contract/sync/index.ts";
import type { Page } from "../vault/fields.ts";
import type { Written } from "./drafts.ts";
import type { Kept } from "./kept.ts";

export interface Save {
  readonly mids: readonly string[];
  /** The draft that the form had kept, else what stood on its page; neither where a button alone was pressed. */
  readonly draft: Written | null;
  readonly page: Page | null;
}

const NAME = "saves";

export class Saves {
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly kept: Kept,
    private readonly client: Pick<SyncClient, "outbox">,
    private readonly told: () => void,
  ) {}

  async all(): Promise<readonly Save[]> {
    return (await this.kept.get<readonly Save[]>(NAME)) ?? [];
  }

  /** Remember a save, and let go of those that have been sent. The changes are safe: that this fails loses nothing. */
  add(save: Save): void {
    this.writing = this.write(save).catch(() => undefined);
  }

  /** Give the saves that these changes belong to, and forget them. */
  async take(mids: readonly string[]): Promise<readonly Save[]> {
    await this.writing;
    const isOf = (save: Save): boolean => save.mids.some((mid) => mids.includes(mid));
    const taken = (await this.all()).filter(isOf);
    await this.kept.change<readonly Save[]>(NAME, (before = []) => before.filter((save) => !isOf(save)));
    this.told();
    return taken;
  }

  private async write(save: Save): Promise<void> {
    const waiting = (await this.client.outbox()).filter(({ lseq }) => lseq === null);
    const mids = new Set(waiting.map(({ mid }) => mid));
    // A record that was changed stands again as it was: to fill the form with what was just taken back would undo that.
    const isNew = waiting.some((entry) => save.mids.includes(entry.mid) && entry.op !== "patch");
    const made = isNew ? save : { ...save, page: null };
    await this.kept.change<readonly Save[]>(NAME, (before = []) => [...before, made].filter((one) => one.mids.some((mid) => mids.has(mid))));
    this.told();
  }
}

/** The changes that were saved with one, itself too. */
export function together(saves: readonly Save[], mid: string): readonly string[] {
  return saves.find(({ mids }) => mids.includes(mid))?.mids ?? [mid];
}

/** What taking back a change takes back: what was saved with it, and what builds on that; in the order of the outbox. */
export function allTaken(outbox: readonly OutboxEntry[], saves: readonly Save[], mid: string): OutboxEntry[] {
  const gone = new Set(together(saves, mid).flatMap((one) => takenWith(outbox, one)).map((entry) => entry.mid));
  return outbox.filter((entry) => gone.has(entry.mid));
}
