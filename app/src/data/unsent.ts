/** Files that the outbox does not tell of: their record has gone to the server, they have not. They count as the changes that they are. */

import type { FileStore, QueuedFile } from "@contract/files/index.ts";
import type { Status, SyncClient } from "@contract/sync/index.ts";

interface Places {
  readonly files: Pick<FileStore, "all">;
  readonly client: Pick<SyncClient, "status" | "outbox" | "attention">;
}

/** A file whose record waits, or was refused, is told with its record. */
export async function unsentFiles({ files, client }: Places): Promise<readonly QueuedFile[]> {
  const told = new Set([...(await client.outbox()), ...(await client.attention())].map(({ id }) => id));
  return (await files.all()).filter(({ id }) => !told.has(id));
}

/** How all that was written on this phone stands, files too. */
export async function statusOf(places: Places): Promise<Status> {
  const [status, files] = [await places.client.status(), await unsentFiles(places)];
  const refused = files.filter((file) => file.refused !== null).length;
  return { ...status, waiting: status.waiting + files.length - refused, attention: status.attention + refused };
}
