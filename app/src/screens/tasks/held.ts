/** What a volunteer's screens know of tasks, live, and by the minute. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { type Held, type Tasks, tasksFor } from "../../data/tasks.ts";
import { useList } from "../../ui/context.ts";

const LOOK_MS = 30_000;

/** The time, again twice a minute: what is told as "20 minutes left" goes on being true. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function useHeld(volunteerId: string | null): Held {
  const volunteers = useList("volunteer");
  const [tasks, claims, asks] = [useList("task"), useList("claim"), useList("ask")];
  return useMemo(
    () => ({ volunteer: volunteers.find(({ id }) => id === volunteerId), tasks, claims, asks }),
    [volunteers, volunteerId, tasks, claims, asks],
  );
}

export function useTasks(volunteerId: string | null): Tasks {
  const held = useHeld(volunteerId);
  const now = useNow();
  return useMemo(() => tasksFor(held, now), [held, now]);
}
