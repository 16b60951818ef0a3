/** A volunteer's own details: when, how far, what they are good at, and a break when they need one. */

import { useState } from "preact/hooks";
import { type VolunteerDoc, VOCABULARIES } from "@generated/contract.ts";
import { at, go } from "../router.ts";
import type { Item } from "../data/live.ts";
import { patch } from "../data/write.ts";
import { today, useAccount, useOnce, useOne, useReach } from "../ui/context.ts";
import { Checkboxes, Form, optionsOf, Radios, SlotTable, TextField } from "../ui/fields.tsx";
import { NotHere, Page } from "../ui/page.tsx";
import { Button } from "../ui/parts.tsx";
import { addDays, dateWords } from "../words/dates.ts";
import { changesOf, distancesWith } from "./person-edit.tsx";

const PAUSES = [
  { value: "", label: "No break" },
  { value: "14", label: "Two weeks" },
  { value: "28", label: "Four weeks" },
  { value: "91", label: "Three months" },
];

/** The break that they are taking already. */
const KEPT = "kept";

export default function Me() {
  const account = useAccount();
  const volunteer = useOne("volunteer", account.volunteer_id ?? "");
  if (volunteer === undefined) return null;
  return volunteer === null ? <NotHere what="page" back={at()} /> : <Editor volunteer={volunteer} />;
}

function Editor({ volunteer }: { readonly volunteer: Item<"volunteer"> }) {
  const reach = useReach();
  const [start] = useState<VolunteerDoc>(volunteer.doc);
  const [doc, setDoc] = useState<VolunteerDoc>(volunteer.doc);
  const [pause, setPause] = useState<string | null>(null);
  const once = useOnce();
  const set = (change: Partial<VolunteerDoc>): void => setDoc((before) => ({ ...before, ...change }));
  const until = start.paused_until_on;
  const paused = until !== null && until >= today();
  const save = async (): Promise<void> => {
    const after = pause === null || pause === KEPT ? doc : { ...doc, paused_until_on: pause === "" ? null : addDays(today(), Number(pause)) };
    const mids = await patch(reach, "volunteer", volunteer.id, changesOf(start, after));
    reach.say(mids.length > 0 ? "Your details are saved" : "Nothing was changed", mids);
    go(at());
  };
  return (
    <Page title="My details">
      <Form onSubmit={() => once(save)}>
        <TextField id="phone" label="Phone number" type="tel" value={doc.phone ?? ""} onChange={(phone) => set({ phone })} maxLength={40} autocomplete="tel" />
        <SlotTable id="availability" label="When can you help?" values={doc.availability} onChange={(slots) => set({ availability: slots as VolunteerDoc["availability"] })} />
        <Radios id="travel" label="How do you get about?" options={optionsOf(VOCABULARIES.travel)} value={doc.travel ?? ""} onChange={(travel) => set({ travel: travel as VolunteerDoc["travel"] })} />
        <Radios id="max_km" label="How far can you travel?" options={distancesWith(start.max_km)} value={doc.max_km === null ? "" : String(doc.max_km)} onChange={(km) => set({ max_km: km === "" ? null : Number(km) })} />
        <Checkboxes id="skills" label="What are you good at?" options={optionsOf(VOCABULARIES.skill)} values={doc.skills} onChange={(codes) => set({ skills: codes as VolunteerDoc["skills"] })} />
        <Checkboxes id="languages" label="Languages you speak" options={optionsOf(VOCABULARIES.language)} values={doc.languages} onChange={(codes) => set({ languages: codes as VolunteerDoc["languages"] })} />
        <Radios
          id="pause" label="Do you need a break?" hint={paused ? `You are taking a break until ${dateWords(until)}.` : "We will not ask you while you take a break."}
          options={paused ? [{ value: KEPT, label: `Until ${dateWords(until)}, as now` }, ...PAUSES] : PAUSES} value={pause ?? (paused ? KEPT : "")} onChange={setPause}
        />
        <Button type="submit">Save changes</Button>
      </Form>
    </Page>
  );
}
