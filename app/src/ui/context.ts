/** What every screen can reach, and hooks that read it. */

import { createContext } from "preact";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Account, OutboxEntry, Status } from "@contract/sync/index.ts";
import type { Kind } from "@generated/contract.ts";
import type { Draft } from "../data/database.ts";
import type { Written } from "../data/drafts.ts";
import type { Kith } from "../data/kith.ts";
import { type Item, useTopics } from "../data/live.ts";
import { Once } from "../logic/once.ts";
import type { Engine } from "../sync/engine.ts";
import { dayOf } from "../words/dates.ts";

export interface Reach {
  readonly kith: Kith;
  readonly engine: Engine;
  /** Say what was just done; `mids` are the changes that one tap takes back, `draft` what was written for them, `undone` what follows there and then. */
  readonly say: (text: string, mids?: string | readonly string[], draft?: Written, undone?: () => void) => void;
  /** Take changes back, the last first, and give what was typed for them back to its form. Gives those that went; none when all have been sent. */
  readonly undo: (mids: readonly string[]) => Promise<readonly OutboxEntry[]>;
  /** Lock the app, once the screens have saved what is half written. */
  readonly lock: () => Promise<void>;
  /** From now on, lock after so many minutes without a touch. */
  readonly lockAfter: (minutes: number) => void;
  /** The unsent changes of a record, by which it can be taken back. */
  readonly midsOf: (id: string) => Promise<string[]>;
}

export const ReachContext = createContext<Reach | null>(null);

export function useReach(): Reach {
  const reach = useContext(ReachContext);
  if (reach === null) throw new Error("a screen was drawn outside the app");
  return reach;
}

const NOTHING: readonly never[] = [];

/** Every record of a kind, live; empty for the moment before the first reading. */
export function useList<K extends Kind>(kind: K): readonly Item<K>[] {
  return useLoaded(kind) ?? NOTHING;
}

/** The same, undefined before the first reading: for a page that must tell "none" from "not read yet". */
export function useLoaded<K extends Kind>(kind: K): readonly Item<K>[] | undefined {
  const { live } = useReach().kith;
  useTopics(live, [kind]);
  return live.list(kind);
}

/** One record: undefined before the first reading, null when the phone does not hold it. */
export function useOne<K extends Kind>(kind: K, id: string): Item<K> | null | undefined {
  const items = useLoaded(kind);
  return items === undefined ? undefined : (items.find((item) => item.id === id) ?? null);
}

/**
 * True from the moment when the lists that the page has asked for are as the phone now holds them. While records stream
 * in they may never all be so at once, so after `atMostMs` what is there must do.
 */
export function useSettled(kinds: readonly Kind[], atMostMs: number): boolean {
  const { live } = useReach().kith;
  const [late, setLate] = useState(false);
  const settled = useRef(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), atMostMs);
    return () => clearTimeout(timer);
  }, []);
  settled.current ||= late || live.isFresh(kinds);
  return settled.current;
}

export function useStatus(): Status | undefined {
  const { live } = useReach().kith;
  useTopics(live, ["status"]);
  return live.status();
}

/** False until the first sync is whole: what is not on this phone may still be on its way. */
export function useIsLoaded(): boolean {
  return (useStatus()?.synced_at ?? null) !== null;
}

/** Who is signed in. Screens behind the sign-in are drawn only when somebody is. */
export function useAccount(): Account {
  const account = useStatus()?.account;
  if (!account) throw new Error("nobody is signed in");
  return account;
}

export function useDrafts(): readonly Draft[] {
  const { live, drafts } = useReach().kith;
  useTopics(live, ["drafts"]);
  return live.get("drafts", () => drafts.all()) ?? NOTHING;
}

/** Does a write once, however often its button is tapped; anew when `key` is another. The deed gives false when it was not done. */
export function useOnce(key: unknown = null): (deed: () => Promise<unknown>) => void {
  const once = useMemo(() => new Once(), [key]);
  return (deed) => void once.run(deed);
}

export function today(): string {
  return dayOf(new Date());
}

/** Whether the phone says that it has a network; live. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const follow = (): void => setOnline(navigator.onLine);
    for (const name of ["online", "offline"]) addEventListener(name, follow);
    return () => {
      for (const name of ["online", "offline"]) removeEventListener(name, follow);
    };
  }, []);
  return online;
}
