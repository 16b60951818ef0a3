/**
 * What the screens see: every list read once, kept until something of its kind changes, and told to other tabs.
 *
 * A screen never waits for the network, and after the first reading not for the disk either.
 */

import { useEffect, useReducer } from "preact/hooks";
import type { Change, Status, SyncClient, View } from "@contract/sync/index.ts";
import { type Doc, type Docs, type Kind, KINDS, type KindRule } from "@generated/contract.ts";

/** A record as the screens know it: its fields, typed, and how it stands with the server. */
export interface Item<K extends Kind> extends Omit<View, "doc" | "kind"> {
  readonly kind: K;
  readonly doc: Docs[K];
}

type Listener = () => void;

/** What stands beside the kinds and may move with any change. */
const QUEUE = ["status", "outbox", "attention", "files"];

export class Live {
  private readonly kept = new Map<string, { value: unknown; fresh: boolean; loading: boolean }>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly told = new Map<string, number>();
  private readonly channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("kith-changes");

  constructor(
    private readonly client: SyncClient,
    private readonly readStatus: () => Promise<Status> = () => client.status(),
  ) {
    client.subscribe((change) => this.changed(topicsOf(change)));
    if (this.channel) this.channel.onmessage = (event: MessageEvent<string[] | null>) => this.stale(event.data);
  }

  /** Say here and in other tabs that topics changed; null for all. */
  changed(topics: readonly string[] | null): void {
    this.channel?.postMessage(topics);
    this.stale(topics);
  }

  list<K extends Kind>(kind: K): readonly Item<K>[] | undefined {
    return this.get(kind, async () => (await this.client.list(kind)).map(whole)) as unknown as readonly Item<K>[] | undefined;
  }

  status(): Status | undefined {
    return this.get("status", this.readStatus);
  }

  /** The kept value, refreshed behind the screen's back when stale; undefined before the first reading. */
  get<T>(topic: string, load: () => Promise<T>): T | undefined {
    const kept = this.kept.get(topic) ?? { value: undefined, fresh: false, loading: false };
    this.kept.set(topic, kept);
    if (!kept.fresh && !kept.loading) void this.load(topic, kept, load);
    return kept.value as T | undefined;
  }

  /** Nothing has changed since these were read; false while they are still being read, and for what nobody asked for. */
  isFresh(topics: readonly string[]): boolean {
    return topics.every((topic) => {
      const kept = this.kept.get(topic);
      return kept !== undefined && kept.fresh && !kept.loading;
    });
  }

  listen(topics: readonly string[], listener: Listener): Listener {
    for (const topic of topics) {
      const set = this.listeners.get(topic) ?? new Set();
      this.listeners.set(topic, set.add(listener));
    }
    return () => {
      for (const topic of topics) this.listeners.get(topic)?.delete(listener);
    };
  }

  /** How often these topics have been told: what is drawn from an older count is out of date. */
  count(topics: readonly string[]): number {
    return topics.reduce((sum, topic) => sum + (this.told.get(topic) ?? 0), 0);
  }

  private async load(
    topic: string,
    kept: { value: unknown; fresh: boolean; loading: boolean },
    load: () => Promise<unknown>,
  ): Promise<void> {
    kept.loading = true;
    kept.fresh = true;
    try {
      kept.value = await load();
    } finally {
      kept.loading = false;
      this.tell(topic);
    }
  }

  private stale(topics: readonly string[] | null): void {
    const touched = topics ?? [...new Set([...this.kept.keys(), ...this.listeners.keys()])];
    for (const topic of new Set([...touched, ...QUEUE])) {
      const kept = this.kept.get(topic);
      if (kept) kept.fresh = false;
      this.tell(topic);
    }
  }

  private tell(topic: string): void {
    this.told.set(topic, (this.told.get(topic) ?? 0) + 1);
    for (const listener of this.listeners.get(topic) ?? []) listener();
  }
}

/** A record with every field of its kind: what an older writer left out has its default. */
function whole(view: View): View {
  const fields = (KINDS as { readonly [kind: string]: KindRule })[view.kind]?.fields ?? {};
  const doc = { ...view.doc } as Doc;
  for (const [name, rule] of Object.entries(fields)) if (doc[name] === undefined) doc[name] = rule.default;
  return { ...view, doc };
}

function topicsOf(change: Change): string[] | null {
  return change.kinds === null ? null : [...change.kinds];
}

/** Render again whenever one of the topics changes. */
export function useTopics(live: Live, topics: readonly string[]): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  const key = topics.join(" ");
  const drawn = live.count(topics);
  useEffect(() => {
    const stop = live.listen(topics, () => again(undefined));
    // A reading that ended between drawing and listening was told to nobody.
    if (live.count(topics) !== drawn) again(undefined);
    return stop;
  }, [live, key]);
}
