/** Take an unsent change back: at one tap what stands alone, after a question what takes others with it. */

import { type OutboxEntry, takenWith } from "@contract/sync/index.ts";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useReach } from "../../ui/context.ts";
import { LinkButton } from "../../ui/parts.tsx";
import { useOutbox } from "../../ui/queue.ts";
import { changeWords } from "../../words/changes.ts";
import { t } from "../../words/t.ts";

export function TakeBack({ entry }: { readonly entry: OutboxEntry }) {
  const { kith, say } = useReach();
  const [asks, setAsks] = useState(false);
  const all = takenWith(useOutbox(), entry.mid);
  const undo = async (): Promise<void> => {
    const undone = await kith.client.undo(entry.mid);
    say(t(undone.length > 0 ? "ui.takenBack" : "ui.sentAlready"));
  };
  if (asks && all.length > 1) return <Question all={all} undo={() => void undo()} keep={() => setAsks(false)} />;
  return (
    <LinkButton onClick={() => (all.length > 1 ? setAsks(true) : void undo())}>
      {t("ui.undo")}
      <span class="nhsuk-u-visually-hidden">: {changeWords(entry)}</span>
    </LinkButton>
  );
}

interface QuestionProps {
  readonly all: readonly OutboxEntry[];
  readonly undo: () => void;
  readonly keep: () => void;
}

/** What makes no sense without this change goes with it, and nobody gets it back: say so first. */
function Question({ all, undo, keep }: QuestionProps) {
  const [box, first] = [useRef<HTMLDivElement>(null), useRef<HTMLButtonElement>(null)];
  useLayoutEffect(() => {
    first.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div role="group" ref={box} aria-label={t("sync.waiting.all", { count: all.length })}>
      <p>{t("sync.waiting.all", { count: all.length })}</p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {all.map((one) => (
          <li key={one.mid}>{changeWords(one)}</li>
        ))}
      </ul>
      <p>{t("sync.waiting.lost")}</p>
      <div class="kith-buttons">
        <button class="nhsuk-button nhsuk-button--small nhsuk-button--secondary" type="button" ref={first} onClick={keep}>
          {t("sync.waiting.keep")}
        </button>
        <button class="nhsuk-button nhsuk-button--small nhsuk-button--warning" type="button" onClick={undo}>
          {t("sync.waiting.takeAll", { count: all.length })}
        </button>
      </div>
    </div>
  );
}
