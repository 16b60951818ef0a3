/** A phone with our own TypeScript client, to compare the others with. */

import { MemoryStore, secureChance, slugOf, SyncClient } from "../../typescript/sync/index.ts";
import type { Doc } from "../../typescript/sync/wire.ts";
import { Net, PASSWORD, type Client, type Phone } from "./stage.ts";

class OurPhone implements Phone {
  readonly net = new Net();
  private readonly store = new MemoryStore();
  private client = this.start();
  private pokes: { start(): void; stop(): void } | null = null;

  async open(username: string): Promise<this> {
    await this.client.signIn(username, PASSWORD);
    return this;
  }

  create(kind: string, doc: Doc): Promise<string> {
    return this.client.create(kind, doc);
  }

  async edit(kind: string, id: string, fields: Doc): Promise<void> {
    await this.client.patch(kind, id, fields);
  }

  async remove(kind: string, id: string): Promise<void> {
    await this.client.remove(kind, id);
  }

  async read(kind: string, id: string): Promise<Doc | undefined> {
    return (await this.client.read(kind, id))?.doc;
  }

  async ids(kind: string): Promise<string[]> {
    return (await this.client.list(kind)).map(({ id }) => id).sort();
  }

  async traces(kind: string): Promise<number> {
    const kept = await this.store.transaction("read", async (tx) => [...(await tx.records(kind)), ...(await tx.sent())]);
    return kept.filter((one) => JSON.stringify(one).includes("Quill")).length;
  }

  async command(kind: string, id: string, name: string, args: Doc = {}): Promise<void> {
    await this.client.command(kind, id, name, args);
  }

  async sync(): Promise<void> {
    const report = await this.client.sync();
    if (report.outcome === "failed") throw new Error(JSON.stringify(report.problem));
  }

  async refused(): Promise<string[]> {
    return (await this.client.attention()).map(({ problem }) => slugOf(problem));
  }

  async restart(): Promise<void> {
    this.client = this.start();
  }

  live(): void {
    this.pokes = this.client.pokes(() => void this.client.sync());
    this.pokes.start();
  }

  async close(): Promise<void> {
    this.pokes?.stop();
  }

  private start(): SyncClient {
    const device = { id: `phone-${Math.floor(secureChance() * 1e9)}`, name: "Node", platform: "ours" };
    return new SyncClient({ store: this.store, transport: this.net, clock: Date.now, chance: secureChance, device });
  }
}

export const ours: Client = { name: "our client", open: (username) => new OurPhone().open(username) };
