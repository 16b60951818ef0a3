/** That a training was done, on which day, and what there is to see: a volunteer's own word, or their centre's, which counts at once. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { volunteerName } from "../../data/centre.ts";
import { create } from "../../data/write.ts";
import { DONE, farOff } from "../../logic/days.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useLoaded, useOnce, useOne, useReach } from "../../ui/context.ts";
import { DateField, ErrorSummary, type Errors, Form, Select, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { dayFrom } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { validWords } from "./words.ts";

export function Record({ id }: { readonly id: string }) {
  const me = useAccount();
  const training = useOne("training", id);
  const volunteer = useOne("volunteer", me.volunteer_id ?? "");
  if (training === undefined || volunteer === undefined) return null;
  if (training === null || volunteer === null) return <Gone kind="training" back={at("training")} />;
  return <RecordForm trainings={[training]} volunteer={volunteer} back={at("training", "one", id)} />;
}

/** The centre writes down what it has seen of one of its volunteers. */
export function RecordFor({ volunteerId }: { readonly volunteerId: string }) {
  const trainings = useLoaded("training");
  const volunteer = useOne("volunteer", volunteerId);
  if (trainings === undefined || volunteer === undefined) return null;
  const given = trainings.filter(({ doc }) => doc.status === "active").sort((a, b) => a.doc.name.localeCompare(b.doc.name));
  if (volunteer === null || given.length === 0) return <Gone kind="training" back={at("volunteers", volunteerId)} />;
  return <RecordForm trainings={given} volunteer={volunteer} back={at("volunteers", volunteerId)} isCentre />;
}

interface RecordFormProps {
  /** To choose from, where there are several. */
  readonly trainings: readonly Item<"training">[];
  readonly volunteer: Item<"volunteer">;
  readonly back: string;
  readonly isCentre?: boolean;
}

function RecordForm({ trainings, volunteer, back, isCentre = false }: RecordFormProps) {
  const reach = useReach();
  const me = useAccount();
  const [id, setId] = useState(trainings.length === 1 ? trainings[0]?.id : "");
  const [on, setOn] = useState({ day: "", month: "", year: "" });
  const [evidence, setEvidence] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const training = trainings.find((one) => one.id === id);
  const save = async (): Promise<boolean> => {
    const done_on = dayFrom(on.day, on.month, on.year);
    const mustShow = !isCentre || volunteer.id === me.volunteer_id || training?.doc.needs_evidence === true; // nobody vouches for themselves
    const wrong = {
      ...(training ? {} : { training: t("training.wrong.training") }), ...wrongDay(done_on),
      ...(mustShow && !evidence.trim() ? { evidence: t("training.wrong.evidence") } : {}),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0 || done_on === null || !training) return false;
    const { centre_id } = volunteer.doc;
    const made = await create(reach, "completion", { volunteer_id: volunteer.id, training_id: training.id, centre_id, done_on, evidence: evidence.trim() || null });
    reach.say(t(isCentre ? "training.for.saved" : "training.record.saved"), await reach.midsOf(made));
    go(back);
    return true;
  };
  const options = [{ value: "", label: t("training.for.choose") }, ...trainings.map((one) => ({ value: one.id, label: one.doc.name }))];
  return (
    <Page title={t(isCentre ? "training.for.title" : "training.record.title")} caption={isCentre ? volunteerName(volunteer) : training?.doc.name} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <p>{t(isCentre ? "training.for.about" : "training.record.about")}</p>
      <Form onSubmit={() => once(save)}>
        {isCentre && <Select id="training" label={t("training.check.training")} hint={training && `${t("training.good")}: ${validWords(training)}`} options={options} value={id ?? ""} onChange={setId} error={errors["training"]} />}
        <DateField id="on" label={t("training.record.on")} error={errors["on"]} value={on} onChange={setOn} />
        <TextField id="evidence" label={t(isCentre ? "training.for.evidence" : "training.record.evidence")} hint={t("training.record.evidenceHint")} error={errors["evidence"]} value={evidence} onChange={setEvidence} maxLength={200} />
        <Button type="submit">{t(isCentre ? "upkeep.save" : "training.record.save")}</Button>
      </Form>
    </Page>
  );
}

function wrongDay(day: string | null): Errors {
  if (day === null) return { on: t("training.wrong.day") };
  return day > today() ? { on: t("training.wrong.dayToCome") } : farOff({ on: day }, DONE, today());
}
