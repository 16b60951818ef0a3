/** Counting people with big buttons: what is tapped counts at once, and is written as fast as the phone can. */

export type Counts = { readonly [field: string]: number };
export interface Tap {
  readonly field: string;
  readonly by: number;
}

/** The most that a record holds of one age. */
export const MOST = 1_000;

export class Tally {
  private shown: { [field: string]: number };
  private readonly waiting = new Map<string, number>();
  private readonly taps: Tap[] = [];
  private running: Promise<void> | null = null;
  private moves = 0;

  /** write : adds to the record. tell : what is shown has changed. */
  constructor(counts: Counts, private readonly write: (field: string, by: number) => Promise<unknown>, private readonly tell: () => void) {
    this.shown = { ...counts };
  }

  get counts(): Counts {
    return this.shown;
  }

  get total(): number {
    return Object.values(this.shown).reduce((sum, one) => sum + one, 0);
  }

  /** The last tap that can be taken back. */
  get last(): Tap | null {
    return this.taps.at(-1) ?? null;
  }

  /** Add to a counter, never past nothing nor past what a record holds. */
  add(field: string, by: number): void {
    const n = this.shown[field] ?? 0;
    const room = by < 0 ? Math.max(by, -n) : Math.max(0, Math.min(by, MOST - n));
    if (room === 0) return;
    this.taps.push({ field, by: room });
    this.move(field, room);
  }

  /** Take the last tap back, also when it has been sent: the counter goes down by as much. */
  undo(): Tap | null {
    const tap = this.taps.pop() ?? null;
    if (tap) this.move(tap.field, -tap.by);
    return tap;
  }

  /** Read the record again, a colleague's taps among it; what is tapped here meanwhile wins until it is written. */
  async refresh(read: () => Promise<Counts | null>): Promise<void> {
    const before = this.moves;
    if (this.running) return;
    const counts = await read();
    if (counts === null || this.running || this.moves !== before) return;
    this.shown = { ...counts };
    this.tell();
  }

  /** Ends when everything tapped is on the disk. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  private move(field: string, by: number): void {
    this.moves += 1;
    this.shown = { ...this.shown, [field]: (this.shown[field] ?? 0) + by };
    this.waiting.set(field, (this.waiting.get(field) ?? 0) + by);
    this.tell();
    this.running ??= this.flush().finally(() => {
      this.running = null;
      this.tell();
    });
  }

  /** Taps that come while one is being written are written together. */
  private async flush(): Promise<void> {
    while (this.waiting.size > 0) {
      const [field = "", by = 0] = [...this.waiting][0] ?? [];
      this.waiting.delete(field);
      if (by !== 0) await this.write(field, by);
    }
  }
}
