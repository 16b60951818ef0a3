/** The person does not want what a call was about: asked first, then all of it goes, as nothing is kept without their word. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { go } from "../../router.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Button } from "../../ui/parts.tsx";
import { Question } from "../../ui/question.tsx";
import { t } from "../../words/t.ts";

/** back : where to go once the call is no more. */
export function NotWanted({ call, back }: { readonly call: Item<"intake">; readonly back: string }) {
  const reach = useReach();
  const once = useOnce();
  const [asks, setAsks] = useState(false);
  const remove = async (): Promise<void> => {
    const mid = await reach.kith.client.remove("intake", call.id);
    reach.engine.soon();
    reach.say(t("calls.notWantedSaid"), mid);
    go(back);
  };
  if (!asks) return <Button look="secondary" onClick={() => setAsks(true)}>{t("calls.notWanted")}</Button>;
  return <Question text={t("calls.notWantedAsk")} keep={t("calls.notWantedKeep")} onKeep={() => setAsks(false)} drop={t("calls.notWantedDelete")} onDrop={() => void once(remove)} />;
}
