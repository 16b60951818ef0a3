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
  /** Typed into since it was opened: what the phone keeps is older. */
  const isTouched = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const written = (): Written => ({ id, step: "", values: { ...(newest.current as { readonly [field: string]: unknown }) } });
  const flush = async (): Promise<void> => {
    clearTimeout(timer.current);
    if (!unsaved.current) return;
    unsaved.current = false;
    await saveDraft(kith, written());
  };
  useEffect(() => {
    let isOpen = true;
    [newest.current, isTouched.current] = [start, false];
    const read = async (): Promise<void> => {
      const draft = await kith.drafts.get(id);
      if (!isOpen || isTouched.current) return;
      if (draft) newest.current = { ...start, ...(draft.values as Partial<T>) };
      setTyped(newest.current);
    };
    void read();
    // The words of a save that was taken back may come when the form is open already.
    const end = kith.live.listen(["drafts"], () => void read());
    const hidden = (): void => void flush();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      isOpen = false;
      end();
      document.removeEventListener("visibilitychange", hidden);
      void flush();
    };
  }, [id]);
  const set = (change: Partial<T>): void => {
    newest.current = { ...newest.current, ...change };
    unsaved.current = isTouched.current = true;
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
