/** What would help: found by what people say, chosen from a list, the main one named. */

import { useMemo, useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import { indexWords, sought } from "../../logic/plain-words.ts";
import { mainNeed } from "../../logic/referral-made.ts";
import { Checkboxes, Radios, TextField } from "../../ui/fields.tsx";
import { choicesOf } from "../../words/choices.ts";
import { label } from "../../words/labels.ts";
import { type Key, t } from "../../words/t.ts";
import type { QuestionProps } from "./wizard-questions.tsx";

const NEEDS = Object.keys(VOCABULARIES.need);

export function Needs({ answers, set, errors }: QuestionProps) {
  const index = useMemo(() => indexWords(NEEDS.map((code) => ({ code, label: label("need", code), words: t(`referral.needWords.${code}` as Key) }))), []);
  const [typed, setTyped] = useState("");
  const [added, setAdded] = useState("");
  const fitting = typed.trim() ? sought(index, typed) : NEEDS;
  const choose = (needs: readonly string[]): void => set({ needs: [...needs], main_need: needs.includes(answers.main_need) ? answers.main_need : "" });
  const takeFirst = (event: KeyboardEvent): void => {
    const first = fitting[0];
    if (event.key !== "Enter" || !typed.trim() || first === undefined) return;
    // With Ctrl the page goes on as well; without, the next need can be said.
    if (!event.ctrlKey && !event.metaKey) event.preventDefault();
    if (!answers.needs.includes(first)) choose([...answers.needs, first]);
    setAdded(first);
    setTyped("");
  };
  return (
    <>
      <div onKeyDown={takeFirst}>
        <TextField id="needs" label={t("referral.needs.search")} hint={t("referral.needs.hint")} type="search" value={typed} onChange={(text) => (setTyped(text), setAdded(""))} error={errors["needs"]} />
      </div>
      <p role="status" class="kith-quiet">{told(typed, fitting.length, added, answers.needs)}</p>
      {answers.needs.length > 1 && (
        <Radios id="main_need" label={t("referral.needs.main")} options={choicesOf("need", answers.needs)} value={mainNeed(answers) ?? ""} onChange={(main_need) => set({ main_need })} />
      )}
      <Checkboxes id="need" label={t("referral.needs.label")} options={choicesOf("need", listed(fitting, answers.needs, typed))} values={answers.needs} onChange={choose} />
    </>
  );
}

/** What is chosen stays in sight while other needs are looked for. */
function listed(fitting: readonly string[], chosen: readonly string[], typed: string): readonly string[] {
  return typed.trim() ? [...fitting, ...chosen.filter((code) => !fitting.includes(code))] : fitting;
}

function told(typed: string, count: number, added: string, chosen: readonly string[]): string {
  if (typed.trim()) return count === 0 ? t("referral.needs.none") : t("referral.needs.found", { count });
  if (added) return t("referral.needs.added", { need: label("need", added) });
  return chosen.length > 0 ? t("referral.needs.chosen", { needs: chosen.map((code) => label("need", code)).join(", ") }) : "";
}
