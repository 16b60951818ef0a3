/** Whether somebody is in the middle of writing: has typed into a page that they have not left since. */

export class Writing {
  private page: string | null = null;

  /** Something was typed or chosen on a page. */
  typed(page: string): void {
    this.page = page;
  }

  /** What was typed was saved, or is not wanted. */
  done(): void {
    this.page = null;
  }

  isOn(page: string): boolean {
    return this.page === page;
  }
}
