/** Files made without a signal: they wait, go up in pieces once their record is there, and go on where they broke off. */

import type { Problem } from "../sync/wire.ts";
import type { FileAnswer, FileNetwork, FileReport, FileRequest, FileSession, FileStore, QueuedFile } from "./ports.ts";

const ADDRESS = "/v1/files";
const TUS = { "tus-resumable": "1.0.0" };
/** Small enough that a thin signal brings one through within seconds. */
const PIECE_BYTES = 64 * 1024;
/** How often one file may stumble, over a damaged piece or another request, before it waits for the next time. */
const STUMBLES = 5;
/** After these the server says by HEAD where to go on. */
const ASK_AGAIN: readonly number[] = [409, 423, 460];
/** The upload is over, the file is not. */
const BEGIN_AGAIN: readonly number[] = [404, 410];

export interface QueueOptions {
  store: FileStore;
  network: FileNetwork;
  session: FileSession;
  /** Says whether the server has the record of a file. */
  isPushed: (id: string) => Promise<boolean>;
  clock: () => number;
  pieceBytes?: number;
}

/** The server will not take the file, and waiting does not mend it. */
class RefusedError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** The file has to wait. */
class LaterError extends Error {}

export class FileQueue {
  private readonly world: QueueOptions;
  private running: Promise<FileReport> | null = null;

  constructor(options: QueueOptions) {
    this.world = options;
  }

  /** Keeps the file of an attachment until it has been sent. */
  async add(id: string, bytes: Uint8Array): Promise<void> {
    await this.world.store.put({ id, bytes, url: null, queued_at: this.world.clock(), refused: null });
  }

  /** The person has seen why a file was refused, and lets it go. */
  discard(id: string): Promise<void> {
    return this.world.store.remove(id);
  }

  /** Lets a refused file try again, such as after its record came back. */
  async retry(id: string): Promise<void> {
    const file = (await this.world.store.all()).find((one) => one.id === id);
    if (file) await this.world.store.put({ ...file, url: null, refused: null });
  }

  /** Sends what can be sent, one after the other; never throws for the network. A call during another joins it. */
  send(): Promise<FileReport> {
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  private async run(): Promise<FileReport> {
    const report: FileReport = { sent: [], waiting: [], refused: [] };
    for (const file of await this.world.store.all()) await this.one(file, report);
    return report;
  }

  private async one(file: QueuedFile, report: FileReport): Promise<void> {
    try {
      if (!file.refused) await this.whole(file);
    } catch (error) {
      if (!(error instanceof RefusedError)) {
        report.waiting.push(file.id);
        return;
      }
      file.refused = error.problem;
      await this.world.store.put(file);
    }
    if (file.refused) report.refused.push({ id: file.id, problem: file.refused });
    else report.sent.push(file.id);
  }

  private async whole(file: QueuedFile): Promise<void> {
    if (!(await this.world.isPushed(file.id))) throw new LaterError("its record has not been pushed");
    await this.upload(file);
    await this.world.store.remove(file.id);
  }

  private async upload(file: QueuedFile): Promise<void> {
    let at = await this.offset(file);
    for (let stumbles = 0; at < file.bytes.length; ) {
      const answer = await this.piece(file, at);
      if (answer.status === 204) {
        at = Number(answer.headers["upload-offset"]);
      } else if (ASK_AGAIN.includes(answer.status) && (stumbles += 1) < STUMBLES) {
        at = await this.offset(file);
      } else {
        throw judged(answer);
      }
    }
  }

  /** Says where to go on, beginning the upload if there is none that can go on. */
  private async offset(file: QueuedFile): Promise<number> {
    if (file.url) {
      const answer = await this.ask({ method: "HEAD", path: file.url, headers: TUS });
      if (answer.status === 200) return Number(answer.headers["upload-offset"]);
      if (!BEGIN_AGAIN.includes(answer.status)) throw judged(answer);
    }
    return this.begin(file);
  }

  private async begin(file: QueuedFile): Promise<number> {
    const headers = { ...TUS, "upload-length": String(file.bytes.length), "upload-metadata": `attachment ${btoa(file.id)}` };
    const answer = await this.ask({ method: "POST", path: ADDRESS, headers });
    if (answer.problem?.type === "/problems/file-already-there") return file.bytes.length;
    if (answer.status !== 201) throw judged(answer);
    file.url = answer.headers["location"] ?? null;
    await this.world.store.put(file);
    return 0;
  }

  private async piece(file: QueuedFile, at: number): Promise<FileAnswer> {
    const bytes = file.bytes.slice(at, at + (this.world.pieceBytes ?? PIECE_BYTES));
    const headers = {
      ...TUS,
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(at),
      "upload-checksum": `sha256 ${await digest(bytes)}`,
    };
    return this.ask({ method: "PATCH", path: file.url ?? "", headers, bytes });
  }

  /** Sends a signed request, renewing the sign-in once. */
  private async ask(request: FileRequest): Promise<FileAnswer> {
    const answer = await this.signed(request);
    if (answer.status !== 401) return answer;
    await this.world.session.renew();
    return this.signed(request);
  }

  private async signed(request: FileRequest): Promise<FileAnswer> {
    const token = await this.world.session.token();
    if (token === null) throw new LaterError("nobody is signed in");
    return this.world.network.send({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } });
  }
}

/** Tells what waiting may mend from what only a person can. */
function judged({ status, problem }: FileAnswer): Error {
  const forGood = problem && ["drop", "fix"].includes(problem.remedy) && !ASK_AGAIN.includes(status);
  return forGood ? new RefusedError(problem) : new LaterError(`HTTP ${status}`);
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))));
}
