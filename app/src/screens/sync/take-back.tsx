/** Take an unsent change back: at one tap what stands alone, after a question what takes others with it. */

import type { OutboxEntry } from "@contract/sync/index.ts";
import { useState } from "preact/hooks";
import { allTaken } from "../../data/saves.ts";
import { useReach } from "../../ui/context.ts";
import { LinkButton } from "../../ui/parts.tsx";
import { Question } from "../../ui/question.tsx";
import { useOutbox, useSaves } from "../../ui/queue.ts";
import { t } from "../../words/t.ts";

interface TakeBackProps {
  readonly entry: OutboxEntry;
  /** Says what a change is, and whose. */
  readonly words: (entry: OutboxEntry) => string;
}

export function TakeBack({ entry, words }: TakeBackProps) {
  const { undo: takeBack, say } = useReach();
  const [asks, setAsks] = useState(false);
  const saves = useSaves();
  const all = allTaken(useOutbox(), saves, entry.mid);
  const comesBack = saves.some(({ mids, draft, page }) => mids.includes(entry.mid) && (draft ?? page) !== null);
  const undo = async (): Promise<void> => {
    const taken = await takeBack(all.map(({ mid }) => mid).reverse());
    say(t(taken.length > 0 ? "ui.takenBack" : "ui.sentAlready"));
  };
  if (asks && all.length > 1) return <Together all={all} comesBack={comesBack} words={words} undo={() => void undo()} keep={() => setAsks(false)} />;
  return (
    <LinkButton onClick={() => (all.length > 1 ? setAsks(true) : void undo())}>
      {t("ui.undo")}
      <span class="nhsuk-u-visually-hidden">: {words(entry)}</span>
    </LinkButton>
  );
}

interface TogetherProps {
  readonly all: readonly OutboxEntry[];
  /** Whether what was typed for them goes back to its form. */
  readonly comesBack: boolean;
  readonly words: (entry: OutboxEntry) => string;
  readonly undo: () => void;
  readonly keep: () => void;
}

/** What was saved with this change, or makes no sense without it, goes too: say so first, and what becomes of the words. */
function Together({ all, comesBack, words, undo, keep }: TogetherProps) {
  return (
    <Question text={t("sync.waiting.all", { count: all.length })} keep={t("sync.waiting.keep")} onKeep={keep} drop={t("sync.waiting.takeAll", { count: all.length })} onDrop={undo}>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {all.map((one) => (
          <li key={one.mid}>{words(one)}</li>
        ))}
      </ul>
      <p>{t(comesBack ? "sync.waiting.back" : "sync.waiting.lost")}</p>
    </Question>
  );
}
