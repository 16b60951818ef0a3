/** A form that is kept on the phone as it is typed, so that a call, a flat battery or another screen loses no word. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useReach } from "../ui/context.ts";
import { useOwnDraft } from "../vault/unsaved.ts";
import type { Written } from "./drafts.ts";
import { deleteDraft, saveDraft } from "./kith.ts";

const SAVE_AFTER_MS = 300;

interface Typed<T> {
  /** Undefined until it is read from the phone. */
  readonly typed: T | undefined;
  readonly set: (change: Partial<T>) => void;
  /** Saved, or thrown away: begin afresh next time. Gives what was written, should the save be taken back. */
  readonly forget: () => Promise<Written>;
}

/** id : has a colon, as drafts of referrals have none. start : what an empty form holds. */
export function useTyped<T extends object>(id: string, start: T): Typed<T> {
  const { kith } = useReach();
  useOwnDraft();
  const [typed, setTyped] = useState<T | undefined>(undefined);
  const newest = useRef<T>(start);
  const unsaved = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const written = (): Written => ({ id, step: "", values: { ...(newest.current as { readonly [field: string]: unknown }) } });
  const flush = async (): Promise<void> => {
    clearTimeout(timer.current);
    if (!unsaved.current) return;
    unsaved.current = false;
    await saveDraft(kith, written());
  };
  useEffect(() => {
    void kith.drafts.get(id).then((draft) => {
      newest.current = { ...start, ...(draft?.values as Partial<T> | undefined) };
      setTyped(newest.current);
    });
    const hidden = (): void => void flush();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      void flush();
    };
  }, [id]);
  const set = (change: Partial<T>): void => {
    newest.current = { ...newest.current, ...change };
    unsaved.current = true;
    setTyped(newest.current);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), SAVE_AFTER_MS);
  };
  const forget = async (): Promise<Written> => {
    clearTimeout(timer.current);
    unsaved.current = false;
    await deleteDraft(kith, id);
    return written();
  };
  return { typed, set, forget };
}
