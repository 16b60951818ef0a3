/** A deed that a double tap must not do twice. */

export class Once {
  private taken = false;

  /** Do it, unless it is being done or was done. A deed that gives false, or throws, may be tried again. */
  async run(deed: () => Promise<unknown>): Promise<void> {
    if (this.taken) return;
    this.taken = true;
    let done = false;
    try {
      done = (await deed()) !== false;
    } finally {
      this.taken = done;
    }
  }
}
