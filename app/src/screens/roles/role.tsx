/** One role: what it is, why it may suit, how to ask about it, and what happens then. */

import type { Item } from "../../data/live.ts";
import { enquiryAbout, isOver } from "../../data/roles.ts";
import { command } from "../../data/write.ts";
import { isNothing, missingFor } from "../../logic/missing.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { useTopWhen } from "../../ui/to-top.ts";
import { Button, type Fact, Facts } from "../../ui/parts.tsx";
import { Gone, RefusedNotice } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { awayWords, metresBetween } from "../../words/distance.ts";
import { label, labelList } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { Lacks } from "../tasks/lacks.tsx";
import { Steps } from "./steps.tsx";
import { useRoles } from "./suiting.ts";

export function Role({ id }: { readonly id: string }) {
  const { volunteer_id } = useAccount();
  const role = useOne("opportunity", id);
  const me = useOne("volunteer", volunteer_id ?? "");
  const enquiries = useList("enquiry").filter(({ doc }) => doc.volunteer_id === volunteer_id);
  const enquiry = enquiryAbout(id, enquiries) ?? enquiries.find((one) => one.id === id && !isOver(one.doc.status));
  // An interest is told once: the server would take a second one for the first again, and nobody would hear of it.
  const wasAsked = enquiries.some(({ doc }) => doc.opportunity_id === id && doc.origin === "app" && isOver(doc.status));
  const suited = useRoles(volunteer_id ?? "")?.suiting.find((line) => line.role.id === id)?.suited;
  useTopWhen(role === undefined ? null : enquiry?.doc.status ?? "");
  if (role === undefined || me === undefined) return null;
  if (role === null) return enquiry ? <Unnamed enquiry={enquiry} /> : <Gone kind="opportunity" back={at("roles")} />;
  const missing = me ? missingFor(role.doc, me.doc, today()) : null;
  // Somebody who asked to volunteer may ask about roles before the centre has welcomed them.
  const able = missing !== null && isNothing({ ...missing, standing: missing.standing === "enquiry" ? null : missing.standing });
  return (
    <Page title={role.doc.name} back={at("roles")} backText={t("roles.title")}>
      <RefusedNotice kind="opportunity" id={id} />
      {enquiry && <RefusedNotice kind="enquiry" id={enquiry.id} />}
      {enquiry ? <Steps enquiry={enquiry} roleId={id} /> : missing && !able && <Lacks missing={missing} />}
      {role.doc.description && <p class="kith-written">{role.doc.description}</p>}
      {suited && suited.reasons.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">{t("roles.why")}</h2>
          <ul class="nhsuk-list nhsuk-list--bullet">
            {suited.reasons.map(({ text }) => <li key={text}>{text}</li>)}
          </ul>
        </>
      )}
      <Facts facts={factsOf(role, me)} />
      {!enquiry && able && (wasAsked ? <p>{t("roles.wasAsked")}</p> : <Ask role={role} />)}
    </Page>
  );
}

function Unnamed({ enquiry }: { readonly enquiry: Item<"enquiry"> }) {
  return (
    <Page title={t("roles.someRole")} back={at("roles")} backText={t("roles.title")}>
      <Steps enquiry={enquiry} roleId={enquiry.id} />
    </Page>
  );
}

function factsOf({ doc }: Item<"opportunity">, me: Item<"volunteer"> | null): Fact[] {
  const metres = me && !doc.online ? metresBetween(me.doc, doc) : null;
  const skills = labelList("skill", doc.skills);
  return [
    ...(doc.role_type ? [{ name: t("roles.fact.sort"), value: label("role_type", doc.role_type) }] : []),
    { name: t("roles.fact.often"), value: label("commitment", doc.commitment) },
    ...(doc.online ? [{ name: t("tasks.fact.where"), value: t("roles.fact.online") }] : []),
    ...(metres === null ? [] : [{ name: t("tasks.fact.where"), value: capital(awayWords(metres)) }]),
    ...(skills ? [{ name: t("tasks.fact.skills"), value: skills }] : []),
    ...(doc.closes_on ? [{ name: t("roles.fact.until"), value: dateWords(doc.closes_on) }] : []),
  ];
}

function Ask({ role }: { readonly role: Item<"opportunity"> }) {
  const reach = useReach();
  const once = useOnce(role.commands.length);
  if (role.commands.some(({ name }) => name === "express_interest")) return <p role="status">{t("roles.asked")}</p>;
  const ask = async (): Promise<void> => {
    reach.say(t("roles.askSaid"), await command(reach, "opportunity", role.id, "express_interest"));
    reach.engine.soon(0);
  };
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("roles.next.title")}</h2>
      <p>{t("roles.next.text")}</p>
      <div class="kith-dock">
        <Button onClick={() => once(ask)}>{t("roles.ask")}</Button>
      </div>
    </>
  );
}
