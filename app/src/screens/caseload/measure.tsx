/** Ask how somebody is: the four questions on wellbeing and the one on loneliness, on one card. */

import { useState } from "preact/hooks";
import { nameOf } from "../../data/caseload.ts";
import { useTyped } from "../../data/typed.ts";
import { create } from "../../data/write.ts";
import { type Question, type Scale, SCALES } from "../../logic/measures.ts";
import { at, go } from "../../router.ts";
import { today, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { ENDED } from "../../words/status.ts";
import { type Key, t } from "../../words/t.ts";

type Given = { readonly [Q in Question]?: number };

export function Measure({ personId }: { readonly personId: string }) {
  const reach = useReach();
  const person = useOne("person", personId);
  const referral = useList("referral").find((one) => one.doc.person_id === personId && !ENDED.includes(one.doc.status));
  const measures = useList("measure").filter((one) => one.doc.person_id === personId);
  const { typed, set, forget } = useTyped("measure:" + personId, { on: today(), given: {} as Given });
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const back = at("people", personId, "wellbeing");
  if (person === undefined || typed === undefined) return null;
  if (person === null) return <Gone kind="person" back={at("people")} />;
  // How somebody was on another day is not how they are.
  const given = typed.on === today() ? typed.given : {};
  const save = async (): Promise<boolean> => {
    const asked = new Set(SCALES.filter(({ question }) => given[question] !== undefined).map(({ instrument }) => instrument));
    const missing = SCALES.filter(({ question, instrument }) => asked.has(instrument) && given[question] === undefined);
    const wrong = asked.size === 0 ? { satisfied: t("caseload.measure.none") } : Object.fromEntries(missing.map(({ question }) => [question, t("caseload.measure.missing", { question: t(`caseload.measure.short.${question}`) })]));
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const mids: string[] = [];
    for (const instrument of asked) {
      const isFirst = !measures.some(({ doc }) => doc.instrument === instrument);
      const answers = Object.fromEntries(SCALES.filter((scale) => scale.instrument === instrument).map(({ question }) => [question, given[question] ?? null]));
      const id = await create(reach, "measure", {
        person_id: personId, referral_id: referral?.id ?? null, team_id: person.doc.team_id, instrument, stage: isFirst ? "baseline" : "follow_up", taken_on: today(), ...answers,
      });
      mids.push(...(await reach.midsOf(id)));
    }
    const draft = await forget();
    reach.say(t("caseload.measure.saved"), mids, draft);
    go(back);
    return true;
  };
  return (
    <Page title={t("caseload.measure.title")} caption={nameOf(person)} back={back} failed={Object.keys(errors).length > 0}>
      <p>{t("caseload.measure.intro")}</p>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        {SCALES.map((scale) => (
          <ScaleField key={scale.question} scale={scale} value={given[scale.question]} error={errors[scale.question]} onChange={(value) => set({ on: today(), given: { ...given, [scale.question]: value } })} />
        ))}
        <Button type="submit">{t("caseload.measure.save")}</Button>
      </Form>
    </Page>
  );
}

interface ScaleProps {
  readonly scale: Scale;
  readonly value: number | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: number) => void;
}

function ScaleField({ scale: { question, least, most }, value, error, onChange }: ScaleProps) {
  const steps = Array.from({ length: most - least + 1 }, (_, n) => least + n);
  const named = question === "lonely";
  return (
    <div class={`nhsuk-form-group${error ? " nhsuk-form-group--error" : ""}`}>
      <fieldset class="nhsuk-fieldset" aria-describedby={`${question}-ends`}>
        <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">{t(`caseload.measure.questions.${question}`)}</legend>
        {!named && <p class="nhsuk-hint" id={`${question}-ends`}>{t(`caseload.measure.ends.${question}`)}</p>}
        {error && <span class="nhsuk-error-message">{error}</span>}
        <div class={named ? "kith-scale kith-scale--named" : "kith-scale"}>
          {steps.map((step, n) => (
            <label class="kith-scale__step" key={step}>
              <input type="radio" id={n === 0 ? question : `${question}-${step}`} name={question} value={step} checked={value === step} onChange={() => onChange(step)} />
              <span>{named ? t(`caseload.measure.lonely.${step}` as Key) : step}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
