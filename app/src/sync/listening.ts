/** Whether this window hears the server's pokes now. */

import { Told } from "./told.ts";

export class Listening extends Told<boolean> {
  /** Hand on a stream of pokes; while it goes on, this window listens. */
  async *during(chunks: AsyncIterable<string>): AsyncGenerator<string> {
    this.tell(true);
    try {
      yield* chunks;
    } finally {
      this.tell(false);
    }
  }
}

export const listening = new Listening(false);
