/**
 * Live pokes: the server says that something changed, and a sync follows at once instead of at the next poll.
 *
 * A poke carries no data, only how far the feed is. Losing one, or the whole stream, costs time and nothing else.
 */

import type { Messenger } from "./messenger.ts";
import type { Chance } from "./ports.ts";
import { ProblemError } from "./problems.ts";
import { delayMs } from "./retry.ts";
import { sentEvents, type Hints } from "./sse.ts";

export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;
/** Runs `work` while nobody else of this phone listens, such as another tab. */
export type Alone = (work: () => Promise<void>, signal: AbortSignal) => Promise<void>;

export interface LiveOptions {
  messenger: Messenger;
  chance: Chance;
  /** Where the stream is, as the manifest says; null when there is none. */
  path: () => Promise<string | null>;
  onPoke: (head: number) => void;
  pause?: Pause;
  alone?: Alone;
}

/** The server shows a sign of life every 25 seconds; a stream that is silent for longer than two is dead. */
const SILENCE_MS = 65_000;
/** When to come back to a server that does not say. */
const RETRY_MS = 3_000;

export class LivePokes {
  private readonly options: LiveOptions;
  private readonly pause: Pause;
  private stopper: AbortController | null = null;

  constructor(options: LiveOptions) {
    this.options = options;
    this.pause = options.pause ?? pauseFor;
  }

  /** Begins to listen; does nothing while it listens already. It ends by itself when a person has to sign in. */
  start(): void {
    if (this.stopper) return;
    const stopper = new AbortController();
    this.stopper = stopper;
    const alone = this.options.alone ?? ((work) => work());
    void alone(() => this.run(stopper.signal), stopper.signal)
      .catch(() => undefined) // stopped while it waited for another tab
      .finally(() => {
        if (this.stopper === stopper) this.stopper = null;
      });
  }

  stop(): void {
    this.stopper?.abort();
    this.stopper = null;
  }

  private async run(signal: AbortSignal): Promise<void> {
    const heard: Heard = { id: null, chunks: 0, retry: null };
    let failures = 0;
    while (!signal.aborted) {
      const path = await this.options.path();
      if (path === null) return;
      heard.chunks = 0;
      const error = await this.listen(path, heard, signal).then(() => null, (reason: unknown) => reason);
      if (needsPerson(error)) return;
      failures = heard.chunks > 1 ? 0 : failures + 1;
      await this.pause(this.waitMs(error, failures, heard.retry), signal);
    }
  }

  /** Listens until the stream ends. Throws when it breaks, is refused or falls silent. */
  private async listen(path: string, heard: Heard, stopped: AbortSignal): Promise<void> {
    const closer = new AbortController();
    const close = (): void => closer.abort();
    stopped.addEventListener("abort", close, { once: true });
    try {
      const headers: { [name: string]: string } = { accept: "text/event-stream" };
      if (heard.id !== null) headers["last-event-id"] = heard.id;
      heard.retry = null;
      const answer = await this.options.messenger.stream({ method: "GET", path, headers }, closer.signal);
      for await (const { event, data, id } of sentEvents(this.lively(answer.chunks, heard, closer), heard)) {
        if (stopped.aborted) return;
        heard.id = id ?? heard.id;
        if (event === "head") this.options.onPoke((JSON.parse(data) as { head: number }).head);
      }
    } finally {
      stopped.removeEventListener("abort", close);
      close();
    }
  }

  /** Passes text on, and breaks off when none has come for too long. */
  private async *lively(chunks: AsyncIterable<string>, heard: Heard, closer: AbortController): AsyncGenerator<string> {
    const text = chunks[Symbol.asyncIterator]();
    for (;;) {
      const waiting = new AbortController();
      const silence = this.pause(SILENCE_MS, waiting.signal).then(() => null);
      const next = await Promise.race([text.next(), silence]).finally(() => waiting.abort());
      if (next === null) {
        closer.abort();
        throw new Error("the stream of pokes fell silent");
      }
      if (next.done) return;
      heard.chunks += 1;
      yield next.value;
    }
  }

  private waitMs(error: unknown, failures: number, retry: number | null): number {
    const { chance } = this.options;
    if (error instanceof ProblemError) return delayMs(failures, chance, error.retryAfter);
    const hinted = retry ?? RETRY_MS;
    return Math.max(hinted + chance() * hinted, failures > 1 ? delayMs(failures, chance) : 0);
  }
}

interface Heard extends Hints {
  id: string | null;
  chunks: number;
}

function needsPerson(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.remedy !== "wait";
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
