/** What the bank's desk has settled can be taken back once: asked first, as the time goes from one account to another. */

import { useState } from "preact/hooks";
import { command } from "../../data/write.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { LinkButton } from "../../ui/parts.tsx";
import { Question } from "../../ui/question.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

interface ReverseProps {
  readonly kind: "exchange" | "entry";
  readonly id: string;
  readonly minutes: number;
}

export function Reverse({ kind, id, minutes }: ReverseProps) {
  const reach = useReach();
  const [asks, setAsks] = useState(false);
  const once = useOnce();
  const time = minutesWords(Math.abs(minutes));
  const reverse = async (): Promise<void> => {
    reach.say(t("timebank.acts.reversed"), await command(reach, kind, id, "reverse"));
    setAsks(false);
  };
  if (asks) {
    return (
      <Question
        text={t("timebank.acts.takeBackAsk", { time })} keep={t("timebank.acts.takeBackNot")} onKeep={() => setAsks(false)}
        drop={t("timebank.acts.takeBackYes")} onDrop={() => once(reverse)}
      />
    );
  }
  return (
    <LinkButton onClick={() => setAsks(true)}>
      {t("timebank.acts.takeBack")}
      <span class="nhsuk-u-visually-hidden">: {time}</span>
    </LinkButton>
  );
}
