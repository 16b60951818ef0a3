/** Tasks of a volunteer: those they were asked about, their own, and what is open near them. */

import { useMemo, useState } from "preact/hooks";
import type { TaskLine } from "../../data/tasks.ts";
import { type Sieve, sifted, WHOLE } from "../../logic/sifting.ts";
import { useList } from "../../ui/context.ts";
import { Select } from "../../ui/fields.tsx";
import { useKept } from "../../ui/kept.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Details } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { useTasks } from "./held.ts";
import { TaskRow } from "./row.tsx";
import { Section } from "./section.tsx";

const AT_ONCE = 30;
const DISTANCES = [1, 2, 5, 10, 20];

/** Kept while the app is open, so that Back finds the list as it was left. */
let kept: Sieve = WHOLE;

export function NearTasks({ volunteerId }: { readonly volunteerId: string }) {
  const { asked, mine, open, calledOff } = useTasks(volunteerId);
  return (
    <Page title={t("tasks.title")}>
      <Section title={t("tasks.asked")} lines={asked} />
      <Section title={t("tasks.calledOff")} lines={calledOff} />
      <Section title={t("tasks.mine")} lines={mine} />
      <Open lines={open} volunteerId={volunteerId} titled={asked.length + mine.length + calledOff.length > 0} />
    </Page>
  );
}

interface OpenProps {
  readonly lines: readonly TaskLine[];
  readonly volunteerId: string;
  readonly titled: boolean;
}

function Open({ lines, volunteerId, titled }: OpenProps) {
  const [sieve, setSieve] = useState(kept);
  const [shown, setShown] = useKept("tasks-shown", AT_ONCE);
  const free = useList("volunteer").find(({ id }) => id === volunteerId)?.doc.availability;
  const found = useMemo(() => sifted(lines, sieve, free ?? [], new Date()), [lines, sieve, free]);
  const set = (change: Partial<Sieve>): void => setSieve((kept = { ...sieve, ...change }));
  return (
    <>
      {titled && <h2 class="nhsuk-heading-m">{t("tasks.open")}</h2>}
      {lines.length > 0 && <Filter sieve={sieve} set={set} />}
      {lines.length === 0 ? <Empty text={t("tasks.none")} /> : <p role="status" class="kith-quiet">{t("tasks.found", { count: found.length })}</p>}
      <ul class="kith-list">
        {found.slice(0, shown).map((line) => (
          <TaskRow key={line.task.id} line={line} />
        ))}
      </ul>
      {found.length > shown && (
        <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>
          {t("tasks.more")}
        </Button>
      )}
    </>
  );
}

function Filter({ sieve, set }: { readonly sieve: Sieve; readonly set: (change: Partial<Sieve>) => void }) {
  const far = [{ value: "", label: t("tasks.filter.anyFar") }, ...DISTANCES.map((km) => ({ value: String(km), label: t("tasks.filter.km", { count: km }) }))];
  const when = (["any", "today", "week", "free"] as const).map((value) => ({ value, label: t(`tasks.filter.${value}`) }));
  const order = (["near", "soon"] as const).map((value) => ({ value, label: t(`tasks.filter.${value}`) }));
  return (
    <Details summary={t("tasks.filter.title")}>
      <Select id="far" label={t("tasks.filter.far")} options={far} value={sieve.km === null ? "" : String(sieve.km)} onChange={(km) => set({ km: km === "" ? null : Number(km) })} />
      <Select id="when" label={t("tasks.filter.when")} options={when} value={sieve.when} onChange={(one) => set({ when: one as Sieve["when"] })} />
      <Select id="order" label={t("tasks.filter.order")} options={order} value={sieve.order} onChange={(one) => set({ order: one as Sieve["order"] })} />
    </Details>
  );
}
