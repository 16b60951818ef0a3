/** What was answered lately, some of it a stored item, so that a push writes down what is new and not everything again. */

import type { Journal } from "./journal.ts";
import type { Keep } from "./keep.ts";

type Sent = Journal["sent"];

/** Which items there are, and how often they were changed: another tab may have done that. */
export interface Range {
  from: number;
  to: number;
  edition: number;
}

export const NO_SHELVES: Range = { from: 0, to: 0, edition: 0 };
/** An item that holds so many is left as it is. */
const FULL = 100;

export class Shelves {
  private readonly keep: Keep;
  private range = NO_SHELVES;
  private readonly shelves = new Map<number, Sent>();

  constructor(keep: Keep) {
    this.keep = keep;
  }

  /** What lies on the shelves, oldest first. */
  async read(range: Range): Promise<Sent> {
    if (range.edition !== this.range.edition) await this.load(range);
    return [...this.shelves.values()].flat();
  }

  /** Writes down what is new among `sent`; gives the range to be kept. What is no longer among it stays until `tidy`. */
  async add(sent: Sent): Promise<Range> {
    const known = new Set([...this.shelves.values()].flat());
    const added = sent.filter((one) => !known.has(one));
    if (!added.length && known.size === sent.length) return this.range;
    let { from, to, edition } = this.range;
    if (added.length) {
      const last = this.shelves.get(to - 1);
      const place = last && last.length < FULL ? to - 1 : to++;
      await this.put(place, [...(this.shelves.get(place) ?? []), ...added]);
    }
    while (from < to && !this.shelves.get(from)?.length) this.shelves.delete(from++);
    return (this.range = { from, to, edition: edition + 1 });
  }

  /** Takes from the shelves what is not among `sent`: called once it is known elsewhere what became of it. */
  async tidy(sent: Sent): Promise<void> {
    const wanted = new Set(sent);
    for (const [place, some] of this.shelves) {
      const left = some.filter((one) => wanted.has(one));
      if (left.length < some.length) await this.put(place, left);
    }
  }

  private async load(range: Range): Promise<void> {
    this.shelves.clear();
    for (let place = range.from; place < range.to; place++) this.shelves.set(place, (await this.keep.get<Sent>(nameOf(place))) ?? []);
    this.range = range;
  }

  private async put(place: number, some: Sent): Promise<void> {
    this.shelves.set(place, some);
    if (some.length) await this.keep.set(nameOf(place), some);
    else await this.keep.remove(nameOf(place));
  }
}

function nameOf(place: number): string {
  return `sent-${place}`;
}
