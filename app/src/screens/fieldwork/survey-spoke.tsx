/** After the last question: what else they spoke of; then the door is saved. */

import { type VisitDoc, VOCABULARIES } from "@generated/contract.ts";
import { visited } from "../../data/fieldwork.ts";
import { cleaned, firstOpen, SPOKE } from "../../logic/survey.ts";
import { at, go } from "../../router.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Checkboxes, Form, Radios, TextArea } from "../../ui/fields.tsx";
import { Button } from "../../ui/parts.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { toSurvey } from "./places.ts";
import type { PageProps } from "./survey.tsx";

export const THEMES = (): { value: string; label: string }[] =>
  (Object.keys(VOCABULARIES.theme) as VisitDoc["themes"]).map((value) => ({ value, label: label("theme", value) }));

const ONWARD = (): { value: string; label: string }[] => [0, 1, 2, 3].map((n) => ({ value: String(n), label: n === 0 ? t("fieldwork.survey.spoke.nobody") : t("fieldwork.survey.spoke.people", { count: n }) }));

export function Spoke({ seen, heard, set, forget, questions }: PageProps) {
  const reach = useReach();
  const once = useOnce();
  const { door, round } = seen;
  const save = async (): Promise<boolean> => {
    const open = firstOpen(questions, heard.answers);
    if (open !== SPOKE) {
      go(toSurvey(door.id, open));
      return false;
    }
    forget();
    const answers = cleaned(questions, heard.answers) as VisitDoc["answers"];
    await visited(reach, round, door.id, {
      outcome: "done", survey_id: heard.survey_id, answers, themes: heard.themes as VisitDoc["themes"], said: heard.said.trim() || null,
      onward: heard.onward,
    });
    go(at("doorstep", "doors", door.id, "after"));
    return true;
  };
  return (
    <Form onSubmit={() => once(save)}>
      <TextArea id="said" label={t("fieldwork.survey.spoke.said")} hint={t("fieldwork.survey.spoke.saidHint")} rows={3} value={heard.said} onChange={(said) => set({ said })} />
      <div class="kith-answers">
        <Radios id="onward" label={t("fieldwork.survey.spoke.onward")} hint={t("fieldwork.survey.spoke.onwardHint")} options={ONWARD()} value={String(heard.onward)} onChange={(n) => set({ onward: Number(n) })} />
      </div>
      <div class="kith-big"><Button type="submit">{t("fieldwork.survey.spoke.save")}</Button></div>
      <div class="kith-answers"><Checkboxes id="themes" label={t("fieldwork.survey.spoke.themes")} options={THEMES()} values={heard.themes} onChange={(themes) => set({ themes })} /></div>
      <div class="kith-big"><Button type="submit">{t("fieldwork.survey.spoke.save")}</Button></div>
    </Form>
  );
}
