/** Say that a training was done, on which day, and what there is to see: the centre looks before it counts. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { create } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useOnce, useOne, useReach } from "../../ui/context.ts";
import { DateField, ErrorSummary, type Errors, Form, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { dayFrom } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

export function Record({ id }: { readonly id: string }) {
  const me = useAccount();
  const training = useOne("training", id);
  const volunteer = useOne("volunteer", me.volunteer_id ?? "");
  if (training === undefined || volunteer === undefined) return null;
  if (training === null || volunteer === null) return <Gone kind="training" back={at("training")} />;
  return <RecordForm training={training} volunteer={volunteer} />;
}

function RecordForm({ training, volunteer }: { readonly training: Item<"training">; readonly volunteer: Item<"volunteer"> }) {
  const reach = useReach();
  const [on, setOn] = useState({ day: "", month: "", year: "" });
  const [evidence, setEvidence] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const back = at("training", "one", training.id);
  const save = async (): Promise<boolean> => {
    const done_on = dayFrom(on.day, on.month, on.year);
    const wrong = { ...wrongDay(done_on), ...(training.doc.needs_evidence && !evidence.trim() ? { evidence: t("training.wrong.evidence") } : {}) };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0 || done_on === null) return false;
    const { centre_id } = volunteer.doc;
    const made = await create(reach, "completion", { volunteer_id: volunteer.id, training_id: training.id, centre_id, done_on, evidence: evidence.trim() || null });
    reach.say(t("training.record.saved"), await reach.midsOf(made));
    go(back);
    return true;
  };
  return (
    <Page title={t("training.record.title")} caption={training.doc.name} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <p>{t("training.record.about")}</p>
      <Form onSubmit={() => once(save)}>
        <DateField id="on" label={t("training.record.on")} error={errors["on"]} value={on} onChange={setOn} />
        <TextField id="evidence" label={t("training.record.evidence")} hint={t("training.record.evidenceHint")} error={errors["evidence"]} value={evidence} onChange={setEvidence} maxLength={200} />
        <Button type="submit">{t("training.record.save")}</Button>
      </Form>
    </Page>
  );
}

function wrongDay(day: string | null): Errors {
  if (day === null) return { on: t("training.wrong.day") };
  return day > today() ? { on: t("training.wrong.dayToCome") } : {};
}
