/** The register of one session: who came, one tap each, and a second tap to change it. */

import { useItemName } from "../../data/items.ts";
import { nameOf } from "../../data/caseload.ts";
import { create, patch } from "../../data/write.ts";
import { registerOf, type RegisterLine } from "../../logic/events.ts";
import type { Item } from "../../data/live.ts";
import { at } from "../../router.ts";
import { useList, useOne, useReach } from "../../ui/context.ts";
import { Radios } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Empty, Gone } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

const STATES = ["came", "absent", "excused"] as const;
type State = (typeof STATES)[number];

export function Register({ id, on }: { readonly id: string; readonly on: string }) {
  const reach = useReach();
  const course = useOne("course", id);
  const people = useList("person");
  const attendance = useList("attendance");
  const lines = registerOf(id, useList("placement"), attendance, on);
  const itemName = useItemName();
  if (course === undefined) return null;
  if (course === null || !course.doc.sessions_on.includes(on)) return <Gone kind="course" back={at("events")} />;
  const write = async ({ placement, state }: RegisterLine<Item<"placement">>, said: State): Promise<void> => {
    const { person_id, team_id } = placement.doc;
    const line = `${placement.id}.${on}`;
    if (state !== null) await patch(reach, "attendance", line, { state: said });
    else await create(reach, "attendance", { placement_id: placement.id, person_id, team_id, on, state: said }, line);
  };
  const options = STATES.map((value) => ({ value, label: t(`events.register.${value}`) }));
  const came = lines.filter(({ state }) => state === "came").length;
  return (
    <Page title={dateWords(on)} caption={`${itemName("asset", course.doc.asset_id)}: ${course.doc.name}`} back={at("events", "course", id)} backText={course.doc.name}>
      {lines.length === 0 && <Empty text={t("events.register.nobody")} />}
      {lines.length > 0 && <p role="status">{t("events.register.count", { count: came, all: lines.length })}</p>}
      {lines.map((line, n) => {
        const person = people.find((one) => one.id === line.placement.doc.person_id);
        return (
          <Radios
            key={line.placement.id} id={`line-${n}`} label={person ? nameOf(person) : t("events.course.somebody")} options={options}
            value={line.state ?? ""} onChange={(state) => void write(line, state as State)}
          />
        );
      })}
      {lines.length > 0 && <p class="kith-quiet">{t("events.register.saved")}</p>}
    </Page>
  );
}
