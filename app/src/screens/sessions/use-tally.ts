/** The counters of one session, as they are tapped here and as colleagues' taps come in. */

import { useEffect, useMemo, useReducer } from "preact/hooks";
import type { SessionLogDoc } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { type Age, countsOf } from "../../logic/ages.ts";
import { Tally } from "../../logic/tally.ts";
import { useReach } from "../../ui/context.ts";

export function useTally(session: Item<"session_log">): Tally {
  const { kith, engine } = useReach();
  const [, again] = useReducer((n: number) => n + 1, 0);
  const tally = useMemo(() => {
    const write = async (field: string, by: number): Promise<void> => {
      await kith.client.increment("session_log", session.id, field as Age, by);
      engine.soon();
    };
    return new Tally(countsOf(session.doc), write, () => again(undefined));
  }, [session.id]);
  useEffect(() => {
    void tally.refresh(async () => {
      const view = await kith.client.read("session_log", session.id);
      return view ? countsOf(view.doc as SessionLogDoc) : null;
    });
  }, [session.doc]);
  return tally;
}
