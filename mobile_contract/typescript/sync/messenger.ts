/** Signed requests: carries the access token, and renews the sign-in once when it has run out. */

import type { BytesAnswer, Store, StreamAnswer, Transport, TransportAnswer, TransportRequest } from "./ports.ts";
import { errorOf, NOT_SIGNED_IN, offline, OfflineError, ProblemError } from "./problems.ts";
import { keep } from "./sign_in.ts";
import type { Session } from "./wire.ts";

export type Outgoing = Omit<TransportRequest, "headers"> & { headers?: { [name: string]: string } };

/** A token that ends so soon may end on its way. */
const SOON_MS = 60_000;

export class Messenger {
  private readonly store: Store;
  private readonly transport: Transport;
  private renewing: Promise<Session> | null = null;

  constructor(store: Store, transport: Transport) {
    this.store = store;
    this.transport = transport;
  }

  /** Gives an answer below 400. Throws ProblemError for any other, OfflineError when none came. */
  async open(request: Outgoing): Promise<TransportAnswer> {
    const answer = await this.send(request, null);
    if (answer.status >= 400) throw errorOf(answer);
    return answer;
  }

  /** The same, signed. */
  signed(request: Outgoing): Promise<TransportAnswer> {
    return this.withSession((session) => this.send(request, session));
  }

  /** Opens an answer that goes on, signed; ends with `signal`. Throws as `signed`. */
  stream(request: Outgoing, signal: AbortSignal): Promise<StreamAnswer> {
    const { stream } = this.transport;
    if (!stream) throw new OfflineError("this network cannot stream");
    return this.withSession((session) => this.carry(request, session, (whole) => stream(whole, signal)));
  }

  /** Whether this network can carry an answer that goes on. */
  get canStream(): boolean {
    return this.transport.stream !== undefined;
  }

  /** Whether this network can take files that are long. */
  get takesBytes(): boolean {
    return this.transport.bytes !== undefined;
  }

  /** Opens an answer that may be long, signed. Throws as `signed`. */
  bytes(request: Outgoing): Promise<BytesAnswer> {
    return this.withSession((session) => this.carry(request, session, (whole) => this.transport.bytes!(whole)));
  }

  /**
   * The access token, for a request that somebody else sends: renewed when it is about to end, or is the one that the
   * server `refused`. Throws ProblemError, OfflineError.
   */
  async accessToken(now: number, refused?: string): Promise<string> {
    const session = await this.session();
    const offset = (await this.store.transaction("read", (tx) => tx.meta<number | null>("clock_offset_ms"))) ?? 0;
    const holds = Date.parse(session.access_expires_at) - now - offset > SOON_MS && session.access_token !== refused;
    return (holds ? session : await this.renew(session)).access_token;
  }

  private async withSession<A extends TransportAnswer>(ask: (session: Session) => Promise<A>): Promise<A> {
    const session = await this.session();
    const answer = await ask(session);
    const renewable = answer.status === 401 && errorOf(answer).problem.remedy === "sign-in";
    const last = renewable ? await ask(await this.renew(session)) : answer;
    if (last.status >= 400) throw errorOf(last);
    return last;
  }

  private send(request: Outgoing, session: Session | null): Promise<TransportAnswer> {
    return this.carry(request, session, (whole) => this.transport.send(whole));
  }

  private async carry<A>(request: Outgoing, session: Session | null, by: (whole: TransportRequest) => Promise<A>): Promise<A> {
    const signature = session ? { authorization: `Bearer ${session.access_token}` } : {};
    try {
      return await by({ ...request, headers: { ...request.headers, ...signature } });
    } catch (error) {
      throw offline(error);
    }
  }

  /** Renews once for all who wait. */
  private renew(session: Session): Promise<Session> {
    this.renewing ??= this.renewNow(session).finally(() => (this.renewing = null));
    return this.renewing;
  }

  private async renewNow(used: Session): Promise<Session> {
    const kept = await this.session();
    if (kept.refresh_token !== used.refresh_token) return kept; // another tab was quicker
    try {
      const answer = await this.open({ method: "POST", path: "/v1/refresh", body: { refresh_token: used.refresh_token } });
      return await this.keep(answer.body as Session);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.remedy === "sign-in") await this.forget(used);
      throw error;
    }
  }

  private keep(session: Session): Promise<Session> {
    return this.store.transaction("write", async (tx) => {
      await keep(tx, session);
      return session;
    });
  }

  /** Drops a sign-in that cannot be renewed; everything else stays. */
  private forget(used: Session): Promise<void> {
    return this.store.transaction("write", async (tx) => {
      const kept = await tx.meta<Session | null>("session");
      if (kept?.refresh_token === used.refresh_token) await tx.setMeta("session", null);
    });
  }

  private async session(): Promise<Session> {
    const session = await this.store.transaction("read", (tx) => tx.meta<Session | null>("session"));
    if (!session) throw new ProblemError(NOT_SIGNED_IN);
    return session;
  }
}
