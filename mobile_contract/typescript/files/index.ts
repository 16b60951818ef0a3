/** Files of records, kept until they have been sent. */

export { fetchFiles, MemoryFiles, sessionOf } from "./http.ts";
export type { FileAnswer, FileNetwork, FileReport, FileRequest, FileSession, FileStore, QueuedFile } from "./ports.ts";
export { FileQueue, type QueueOptions } from "./queue.ts";
