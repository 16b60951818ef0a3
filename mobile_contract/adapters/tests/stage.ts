/** What every client is tested by: a phone that can lose its signal, and an administrator. */

import { OfflineError } from "../../typescript/sync/problems.ts";
import type { Transport, TransportAnswer, TransportRequest } from "../../typescript/sync/ports.ts";
import { CONTRACT } from "../../generated/contract.ts";
import type { Doc, Row } from "../../typescript/sync/wire.ts";
import { fetchTransport } from "../shared/door.ts";

export const SERVER = process.env["KITH_SERVER"] ?? "";
export const PASSWORD = process.env["KITH_PASSWORD"] ?? "";
export const options = { skip: SERVER ? false : "KITH_SERVER names no server", timeout: 60_000 } as const;

/** An app on a phone, whatever keeps its records. */
export interface Phone {
  net: Net;
  create(kind: string, doc: Doc): Promise<string>;
  edit(kind: string, id: string, fields: Doc): Promise<void>;
  remove(kind: string, id: string): Promise<void>;
  /** The document as the person sees it. */
  read(kind: string, id: string): Promise<Doc | undefined>;
  ids(kind: string): Promise<string[]>;
  /** How many records of a kind the disk still says something of, those included that nobody can see any more. */
  traces(kind: string): Promise<number>;
  command(kind: string, id: string, name: string, args?: Doc): Promise<void>;
  /** Until both sides are even, or the signal is lost. */
  sync(): Promise<void>;
  /** The last parts of the problems that people must see. */
  refused(): Promise<string[]>;
  /** The process dies and starts again on what it had kept. */
  restart(): Promise<void>;
  /** Syncs by itself from now on. */
  live(): void;
  close(): Promise<void>;
}

export interface Client {
  name: string;
  open(username: string): Promise<Phone>;
}

/** A network that fails as it is told. */
export class Net implements Transport {
  offline = false;
  /** How many of the next answers to a push are lost on their way. */
  lost = 0;
  /** How many of the next pulls after the first are cut. */
  cut = 0;
  readonly asked: string[] = [];
  /** Runs before an answer to this path is handed on, once. */
  meanwhile: { path: string; work: () => Promise<void> } | null = null;
  private readonly inner = fetchTransport(SERVER);
  readonly stream = (request: TransportRequest, signal: AbortSignal) => this.inner.stream!(request, signal);

  async send(request: TransportRequest): Promise<TransportAnswer> {
    if (this.offline) throw new OfflineError("no signal");
    const isFurther = request.path === "/v1/sync/pull" && this.asked.includes(request.path);
    this.asked.push(request.path);
    if (isFurther && this.cut > 0) {
      this.cut -= 1;
      throw new OfflineError("the line was cut");
    }
    const answer = await this.inner.send(request);
    if (isPush(request) && this.lost > 0) {
      this.lost -= 1;
      throw new OfflineError("the answer was lost");
    }
    if (this.meanwhile && request.path.startsWith(this.meanwhile.path)) {
      const { work } = this.meanwhile;
      this.meanwhile = null;
      await work();
    }
    return answer;
  }
}

function isPush({ path, body }: TransportRequest): boolean {
  return path === "/v1/sync/push" || (path === "/v1/sync" && Boolean((body as { push?: unknown })?.push));
}

/** Asks the test beside the server to do what an administrator would. */
export async function admin(asked: object): Promise<void> {
  const answer = await fetch(process.env["KITH_CONTROL"]!, { method: "POST", body: JSON.stringify(asked) });
  if (answer.status !== 204) throw new Error(`the administrator could not: ${answer.status}`);
}

/** What the server gives to a new device of this colleague: by kind and id. */
export async function heldBy(username: string): Promise<Map<string, Map<string, Doc>>> {
  const device = { id: `look-${RUN}-${++made}`, name: "A look", platform: "Node" };
  const session = (await ask("/v1/sign-in", { username, password: PASSWORD, device })) as { access_token: string };
  const held = new Map<string, Map<string, Doc>>();
  for (let page = { cursor: null as string | null, more: true, rows: [] as Row[] }; page.more; ) {
    page = (await ask("/v1/sync/pull", { cursor: page.cursor, schema: CONTRACT.version }, session.access_token)) as typeof page;
    for (const { k, i, op, d } of page.rows) {
      if (op === "put") held.set(k, (held.get(k) ?? new Map<string, Doc>()).set(i, d!));
      else held.get(k)?.delete(i);
    }
  }
  return held;
}

async function ask(path: string, body: object, token = ""): Promise<unknown> {
  const headers: { [name: string]: string } = token ? { authorization: `Bearer ${token}` } : {};
  return (await fetchTransport(SERVER).send({ method: "POST", path, headers, body })).body;
}

const RUN = Date.now().toString(36);
let made = 0;

/** Waits for something that happens by itself; `again` runs at first and every three seconds, to let it happen. */
export async function until(happened: () => Promise<boolean>, again = async () => {}): Promise<void> {
  for (let tries = 0; !(await happened()); tries++) {
    if (tries > 1_500) throw new Error("it did not happen");
    if (tries % 150 === 0) await again();
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** New colleagues in a team of their own; gives their names and the team. */
export async function team(client: string, size: number): Promise<{ names: string[]; team_id: string }> {
  const team_id = `team-${client}-${RUN}-${++made}`;
  const names = Array.from({ length: size }, (_, place) => `${team_id}-${place}`);
  await admin({ accounts: names.map((username) => ({ username, team_ids: [team_id] })) });
  return { names, team_id };
}
