/** What the person agrees to, each on its own, and the signature of who gives one. */

import { useRef } from "preact/hooks";
import { isOutdated, type Signature, stillUnder } from "../../logic/signature.ts";
import { Checkboxes, Radios } from "../../ui/fields.tsx";
import { Notice } from "../../ui/parts.tsx";
import { SignaturePad } from "../../ui/signature-pad.tsx";
import { agreedWords, type ConsentAnswers, signedWords } from "../../words/consent.ts";
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

interface SignProps {
  /** Of the person who agrees. */
  readonly name: string;
  readonly agreed: ConsentAnswers;
  readonly signature: Signature;
  readonly onChange: (signature: Signature) => void;
  readonly error: string | undefined;
}

/** A signature counts for what stands above it and for nothing else, so it keeps what that was. */
export function Sign({ name, agreed, signature, onChange, error }: SignProps) {
  const under = signedWords(name, agreed);
  // Told until the page is left: going away with the first line that is drawn, it would pull the box from under the pen.
  const isChanged = useRef(false);
  isChanged.current ||= isOutdated(signature, under);
  return (
    <>
      {isChanged.current && <Notice attention><p role="status">{t("referral.signature.changed")}</p></Notice>}
      <p>{t("referral.signature.with", { name })}</p>
      <p class="nhsuk-u-margin-bottom-1">{t("referral.signature.agree")}</p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {agreedWords(agreed).map((words) => <li key={words}>{words}</li>)}
      </ul>
      <SignaturePad id="signature" value={stillUnder(signature, under)} onChange={(given) => onChange({ ...given, under })} error={error} />
    </>
  );
}
