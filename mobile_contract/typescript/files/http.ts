/** Files over `fetch`, signed as a sync client is. */

import { copied } from "../sync/copy.ts";
import { watchdog } from "../sync/watchdog.ts";
import type { Problem } from "../sync/wire.ts";
import type { FileNetwork, FileSession, FileStore, QueuedFile } from "./ports.ts";

/**
 * Sends to the server at `origin`, which is empty for the page's own. A request on which nothing comes for `silenceMs`
 * ends as if there were no signal.
 */
export function fetchFiles(origin = "", { silenceMs }: { silenceMs?: number } = {}): FileNetwork {
  return {
    async send({ method, path, headers, bytes }) {
      const body = bytes ? (bytes as Uint8Array<ArrayBuffer>) : null;
      const watch = watchdog(silenceMs, bytes?.length);
      try {
        const answer = await fetch(origin + path, { method, headers, body, signal: watch.signal });
        return { status: answer.status, headers: Object.fromEntries(answer.headers), problem: await problemOf(method, answer) };
      } finally {
        watch.end();
      }
    },
  };
}

async function problemOf(method: string, answer: Response): Promise<Problem | null> {
  const isProblem = answer.headers.get("content-type") === "application/problem+json" && method !== "HEAD";
  return isProblem ? ((await answer.json()) as Problem) : null;
}

/** What of a client is needed here; that of any way in will do. */
export interface Signed {
  accessToken(refused?: string): Promise<string>;
}

/** The sign-in of a client, which renews it when it must. */
export function sessionOf(client: Signed): FileSession {
  let given: string | undefined;
  return {
    token: async () => (given = await client.accessToken()),
    renew: async () => void (await client.accessToken(given)),
  };
}

/** Files that wait in memory: for tests, and as a pattern for a store on disk. */
export class MemoryFiles implements FileStore {
  private readonly files = new Map<string, QueuedFile>();

  async put(file: QueuedFile): Promise<void> {
    this.files.set(file.id, copied(file));
  }

  async all(): Promise<QueuedFile[]> {
    return [...this.files.values()].sort((a, b) => a.queued_at - b.queued_at).map(copied);
  }

  async remove(id: string): Promise<void> {
    this.files.delete(id);
  }
}
