/** The answers of a draft: read once, saved with each letter, taken up again at the very place in the word. */

import { useEffect, useRef, useState } from "preact/hooks";
import { deleteDraft } from "../../data/kith.ts";
import { type Answers, START, type Step, withoutOutdated } from "../../logic/wizard.ts";
import { at, goInstead } from "../../router.ts";
import { useReach } from "../../ui/context.ts";
import { useOwnDraft } from "../../vault/unsaved.ts";
import { instantOf } from "../../words/dates.ts";

/** Where the cursor stood, which is where to go on after the phone was closed. */
export interface Cursor {
  readonly field: string;
  readonly at: number;
}

export interface Kept {
  readonly answers: Answers | undefined;
  /** The answers with the last change in them, also before the page is drawn again. */
  readonly latest: () => Answers;
  readonly cursor: Cursor | null;
  readonly set: (change: Partial<Answers>) => void;
  readonly flush: () => Promise<void>;
  readonly forget: () => Promise<void>;
}

export function useAnswers(id: string, step: Step): Kept {
  const { kith } = useReach();
  useOwnDraft();
  const [answers, setAnswers] = useState<Answers | undefined>(undefined);
  const latest = useRef<Answers>(START);
  const cursor = useRef<Cursor | null>(null);
  const isGone = useRef(false);
  const page = useRef(step);
  page.current = step;
  const saving = useRef<{ wanted: boolean; running: Promise<void> | null }>({ wanted: false, running: null });

  // One save at a time, the next one with all that came meanwhile: a letter is on the disk as soon as the disk can.
  const save = async (): Promise<void> => {
    while (saving.current.wanted && !isGone.current) {
      saving.current.wanted = false;
      await kith.drafts.put({ id, step: page.current, values: { ...latest.current, cursor: cursor.current }, updated_at: instantOf(new Date()) });
    }
    saving.current.running = null;
  };
  const flush = async (): Promise<void> => {
    if (saving.current.wanted) saving.current.running ??= save();
    await saving.current.running;
  };
  const set = (change: Partial<Answers>): void => {
    latest.current = withoutOutdated({ ...latest.current, ...change });
    cursor.current = cursorNow() ?? cursor.current;
    setAnswers(latest.current);
    saving.current.wanted = true;
    void flush();
  };
  const forget = async (): Promise<void> => {
    isGone.current = true;
    await saving.current.running;
    await deleteDraft(kith, id);
  };

  useEffect(() => {
    void kith.drafts.get(id).then((draft) => {
      // Back to a question of a draft that was saved or thrown away: there is nothing to ask any more.
      if (draft === undefined && step !== "name") return goInstead(at());
      const { cursor: kept = null, ...values } = (draft?.values ?? {}) as Partial<Answers> & { readonly cursor?: Cursor | null };
      cursor.current = draft?.step === step ? kept : null;
      latest.current = withoutOutdated({ ...START, ...values });
      setAnswers(latest.current);
    });
  }, [id]);
  useEffect(() => {
    // The page where one stopped is kept as well, once there is anything to keep.
    if (answers && answers !== START && step !== "name") {
      saving.current.wanted = true;
      void flush();
    }
    const hidden = (): void => void flush();
    for (const name of ["visibilitychange", "pagehide"]) document.addEventListener(name, hidden);
    return () => {
      for (const name of ["visibilitychange", "pagehide"]) document.removeEventListener(name, hidden);
      // Told once a page and not with each letter, as whoever listens reads again.
      void flush().then(() => kith.live.changed(["drafts"]));
    };
  }, [id, step, answers === undefined]);
  return { answers, latest: () => latest.current, cursor: cursor.current, set, flush, forget };
}

function cursorNow(): Cursor | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) || !focused.id) return null;
  return { field: focused.id, at: focused.selectionStart ?? 0 };
}
