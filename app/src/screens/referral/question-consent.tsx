/** What the person agrees to, each on its own, and the signature of who gives one. */

import { namesOf } from "../../logic/wizard.ts";
import { Checkboxes, Radios } from "../../ui/fields.tsx";
import { SignaturePad } from "../../ui/signature-pad.tsx";
import { agreedWords, type ConsentAnswers } from "../../words/consent.ts";
import { t } from "../../words/t.ts";
import type { QuestionProps } from "./wizard-questions.tsx";

export function Consent({ answers, set, errors }: QuestionProps) {
  return (
    <>
      <ConsentFlags id="consent" answers={answers} set={set} error={errors["consent"]} />
      <Radios
        id="method" label={t("referral.consent.method")}
        options={[{ value: "spoken", label: t("referral.consent.spoken") }, { value: "signed", label: t("referral.consent.signed") }]}
        value={answers.method} onChange={(method) => set({ method: method as "spoken" | "signed" })}
      />
    </>
  );
}

interface FlagsProps {
  readonly id: string;
  readonly answers: ConsentAnswers;
  readonly set: (change: Partial<ConsentAnswers>) => void;
  readonly error?: string | undefined;
}

/** One box for each thing; to tell the name is to tell the needs too. */
export function ConsentFlags({ id, answers, set, error }: FlagsProps) {
  const values = [
    ...(answers.keep_record ? ["keep"] : []), ...(answers.share === "nothing" ? [] : ["needs"]),
    ...(answers.share === "name_and_needs" ? ["name"] : []), ...(answers.improve ? ["improve"] : []),
  ];
  const change = (now: readonly string[]): void => {
    const named = now.includes("name") && (now.includes("needs") || !values.includes("needs"));
    set({ keep_record: now.includes("keep"), share: named ? "name_and_needs" : now.includes("needs") ? "codes_only" : "nothing", improve: now.includes("improve") });
  };
  return (
    <Checkboxes
      id={id} label={t("referral.consent.label")} hint={t("referral.consent.hint")} values={values} onChange={change} error={error}
      options={[
        { value: "keep", label: t("referral.consent.keep"), hint: t("referral.consent.keepHint") },
        { value: "needs", label: t("referral.consent.needs"), hint: t("referral.consent.needsHint") },
        { value: "name", label: t("referral.consent.name") },
        { value: "improve", label: t("referral.consent.improve"), hint: t("referral.consent.improveHint") },
      ]}
    />
  );
}

export function Sign({ answers, set, errors }: QuestionProps) {
  const { given_name, family_name } = namesOf(answers);
  return (
    <>
      <p>{t("referral.signature.with", { name: `${given_name} ${family_name}`.trim() })}</p>
      <p class="nhsuk-u-margin-bottom-1">{t("referral.signature.agree")}</p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {agreedWords(answers).map((words) => <li key={words}>{words}</li>)}
      </ul>
      <SignaturePad id="signature" value={answers.signature} onChange={(signature) => set({ signature })} error={errors["signature"]} />
    </>
  );
}
