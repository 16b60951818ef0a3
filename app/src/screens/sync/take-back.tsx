/** Take an unsent change back: at one tap what stands alone, after a question what takes others with it. */

import { type OutboxEntry, takenWith } from "@contract/sync/index.ts";
import { useState } from "preact/hooks";
import { useReach } from "../../ui/context.ts";
import { LinkButton } from "../../ui/parts.tsx";
import { Question } from "../../ui/question.tsx";
import { useOutbox } from "../../ui/queue.ts";
import { t } from "../../words/t.ts";

interface TakeBackProps {
  readonly entry: OutboxEntry;
  /** Says what a change is, and whose. */
  readonly words: (entry: OutboxEntry) => string;
}

export function TakeBack({ entry, words }: TakeBackProps) {
  const { kith, say } = useReach();
  const [asks, setAsks] = useState(false);
  const all = takenWith(useOutbox(), entry.mid);
  const undo = async (): Promise<void> => {
    const undone = await kith.client.undo(entry.mid);
    say(t(undone.length > 0 ? "ui.takenBack" : "ui.sentAlready"));
  };
  if (asks && all.length > 1) return <Together all={all} words={words} undo={() => void undo()} keep={() => setAsks(false)} />;
  return (
    <LinkButton onClick={() => (all.length > 1 ? setAsks(true) : void undo())}>
      {t("ui.undo")}
      <span class="nhsuk-u-visually-hidden">: {words(entry)}</span>
    </LinkButton>
  );
}

interface TogetherProps {
  readonly all: readonly OutboxEntry[];
  readonly words: (entry: OutboxEntry) => string;
  readonly undo: () => void;
  readonly keep: () => void;
}

/** What makes no sense without this change goes with it, and nobody gets it back: say so first. */
function Together({ all, words, undo, keep }: TogetherProps) {
  return (
    <Question text={t("sync.waiting.all", { count: all.length })} keep={t("sync.waiting.keep")} onKeep={keep} drop={t("sync.waiting.takeAll", { count: all.length })} onDrop={undo}>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {all.map((one) => (
          <li key={one.mid}>{words(one)}</li>
        ))}
      </ul>
      <p>{t("sync.waiting.lost")}</p>
    </Question>
  );
}
