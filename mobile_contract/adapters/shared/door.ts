/** The way to the server: sign-in once, then signed requests that renew themselves. */

import { LivePokes } from "../../typescript/sync/live.ts";
import { Messenger, type Outgoing } from "../../typescript/sync/messenger.ts";
import type { Chance, Clock, DeviceInfo, Transport, TransportAnswer } from "../../typescript/sync/ports.ts";
import { OTHER_ACCOUNT, ProblemError } from "../../typescript/sync/problems.ts";
import { enrol } from "../../typescript/sync/sign_in.ts";
import { secureChance, uuid7 } from "../../typescript/sync/uuid7.ts";
import type { Account, Manifest } from "../../typescript/sync/wire.ts";
import { sessionStore, type Keep } from "./keep.ts";

export { fetchTransport, type TransportOptions } from "./transport.ts";

export interface DoorOptions {
  transport: Transport;
  /** How this device is called in the list that its owner and the hub see. */
  device: { name: string; platform: string };
  clock?: Clock;
  chance?: Chance;
}

const USUAL_POLL_S = 900;

export class Door {
  readonly keep: Keep;
  readonly clock: Clock;
  readonly chance: Chance;
  private readonly messenger: Messenger;
  private readonly device: DoorOptions["device"];

  constructor(keep: Keep, options: DoorOptions) {
    this.keep = keep;
    this.clock = options.clock ?? Date.now;
    this.chance = options.chance ?? secureChance;
    this.device = options.device;
    this.messenger = new Messenger(sessionStore(keep), options.transport);
  }

  /** Signs in and enrols this device. Throws ProblemError (wrong password, another account's records), OfflineError. */
  async signIn(username: string, password: string): Promise<Account> {
    const device: DeviceInfo = { ...this.device, id: await this.deviceId() };
    const session = await enrol(this.messenger, { username, password }, device, () => this.newId());
    const before = await this.keep.get<Account>("account");
    if (before && before.id !== session.account.id) throw new ProblemError(OTHER_ACCOUNT);
    await this.keep.set("device", session.device_id);
    await this.keep.set("account", session.account);
    await this.keep.set("held", session.scopes);
    await this.keep.set("session", session);
    return session.account;
  }

  /** Sends a signed request. Throws ProblemError for an answer of 400 or more, OfflineError when none came. */
  send(request: Outgoing): Promise<TransportAnswer> {
    return this.messenger.signed(request);
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return (await this.send({ method: "POST", path, body })).body as T;
  }

  /** A token for requests that others send, such as an uploader of files. Throws ProblemError, OfflineError. */
  accessToken(refused?: string): Promise<string> {
    return this.messenger.accessToken(this.clock(), refused);
  }

  /** The manifest, asked for anew (it costs almost nothing when nothing changed). */
  async manifest(): Promise<Manifest> {
    const kept = await this.keep.get<{ etag: string; manifest: Manifest }>("manifest");
    const headers: { [name: string]: string } = kept ? { "if-none-match": kept.etag } : {};
    const answer = await this.send({ method: "GET", path: "/v1/sync/manifest", headers });
    if (answer.status === 304 && kept) return kept.manifest;
    const manifest = answer.body as Manifest;
    await this.keep.set("manifest", { etag: answer.headers["etag"] ?? "", manifest });
    return manifest;
  }

  /**
   * Calls `onPoke` whenever the server says that there is news; gives what ends that. A lost stream costs only time, and
   * on a network that cannot stream there is none.
   */
  listen(onPoke: () => void): () => void {
    if (!this.messenger.canStream) return () => {};
    const path = async () => (await this.manifest().catch(() => null))?.live ?? null;
    const pokes = new LivePokes({ messenger: this.messenger, chance: this.chance, path, onPoke });
    pokes.start();
    return () => pokes.stop();
  }

  /** Milliseconds after which it is worth to look for news without having been told. */
  async pollAfterMs(): Promise<number> {
    const kept = await this.keep.get<{ manifest: Manifest }>("manifest");
    return (kept?.manifest.poll_after_s ?? USUAL_POLL_S) * 1_000 * (0.75 + this.chance() / 2);
  }

  /** This device's id, made once and kept with the records: the numbers of its changes belong to it. */
  async deviceId(): Promise<string> {
    const kept = await this.keep.get<string>("device");
    if (kept) return kept;
    const made = this.newId();
    await this.keep.set("device", made);
    return made;
  }

  private newId(): string {
    return `phone-${uuid7(this.clock(), this.chance)}`;
  }
}
