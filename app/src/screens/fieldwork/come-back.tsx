/** They were busy: when it would suit them, so that whoever comes back comes at a good time. */

import { useState } from "preact/hooks";
import { visited } from "../../data/fieldwork.ts";
import { nextDoor } from "../../logic/doorstep.ts";
import { go } from "../../router.ts";
import { today, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { addDays, dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { toDoor, toRound, toRounds } from "./places.ts";
import { useDoor } from "./use-door.ts";

const WHEN = ["evening", "tomorrow", "weekend", "other"] as const;

export function ComeBack({ id }: { readonly id: string }) {
  const reach = useReach();
  const seen = useDoor(id);
  const [when, setWhen] = useState("");
  const [words, setWords] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (seen === undefined) return null;
  if (seen === null) return <Gone kind="household" back={toRounds()} />;
  const { door, doors, round } = seen;
  const save = async (): Promise<boolean> => {
    const chosen = WHEN.find((one) => one === when);
    if (!chosen) {
      setErrors({ when: t("fieldwork.back.missing") });
      return false;
    }
    const said = [dayed(chosen), words.trim()].filter(Boolean).join(": ") || t("fieldwork.back.other");
    const made = await visited(reach, round, id, { outcome: "not_in", said });
    const next = nextDoor(doors, door.number);
    go(next && next.id !== id ? toDoor(next.id) : toRound(round.id));
    reach.say(t("fieldwork.at.saved", { number: door.number, state: t("fieldwork.state.come_back") }), await reach.midsOf(made));
    return true;
  };
  return (
    <Page title={t("fieldwork.back.title")} caption={t("fieldwork.door", { number: door.number })} back={toDoor(id)} failed={"when" in errors}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Radios id="when" label={t("fieldwork.back.when")} options={WHEN.map((one) => ({ value: one, label: t(`fieldwork.back.${one}`) }))} value={when} onChange={setWhen} error={errors["when"]} />
        <TextField id="words" label={t("fieldwork.back.words")} hint={t("fieldwork.back.hint")} value={words} onChange={setWords} />
        <div class="kith-big"><Button type="submit">{t("fieldwork.back.save")}</Button></div>
      </Form>
    </Page>
  );
}

/** With the day itself: "tomorrow" would mislead whoever reads it tomorrow. */
function dayed(when: (typeof WHEN)[number]): string {
  if (when === "other") return "";
  if (when === "weekend") return t("fieldwork.back.weekend");
  return `${t(`fieldwork.back.${when}`)} (${dateWords(when === "evening" ? today() : addDays(today(), 1))})`;
}
