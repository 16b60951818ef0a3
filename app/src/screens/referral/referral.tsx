/** One referral: what is needed, how far it has come, what was chosen, and what to do next. */

import type { ReferralDoc } from "@generated/contract.ts";
import { nameOf } from "../../data/caseload.ts";
import { useItemName } from "../../data/items.ts";
import type { Item } from "../../data/live.ts";
import { at } from "../../router.ts";
import { useList, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, type Fact, Facts, Row, Tag } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { label, labelList } from "../../words/labels.ts";
import { moneyWords } from "../../words/plain.ts";
import { ENDED, PLACEMENT_STATUS, REFERRAL_STATUS } from "../../words/status.ts";
import { t } from "../../words/t.ts";

export function Referral({ id }: { readonly id: string }) {
  const referral = useOne("referral", id);
  const people = useList("person");
  const placements = useList("placement").filter((one) => one.doc.referral_id === id);
  const organisations = useList("organisation");
  if (referral === undefined) return null;
  if (referral === null) return <Gone kind="referral" back={at("people")} />;
  const { doc } = referral;
  const person = people.find((one) => one.id === doc.person_id);
  const name = person ? nameOf(person) : t("referral.page.thisPerson");
  const status = REFERRAL_STATUS[doc.status];
  return (
    <Page title={t("referral.page.title", { name })} back={at("people", doc.person_id)} backText={name}>
      <p class="kith-tags">
        <Tag colour={status.colour}>{status.text}</Tag>
        {doc.urgency !== "routine" && <Tag colour="red">{label("urgency", doc.urgency)}</Tag>}
      </p>
      <Standing item={referral} />
      <RefusedNotice kind="referral" id={id} />
      {!ENDED.includes(doc.status) && <ButtonLink href={at("referrals", id, "shortlist")}>{t("referral.page.shortlist")}</ButtonLink>}
      <Placements placements={placements} />
      <h2 class="nhsuk-heading-m">{t("referral.page.needed")}</h2>
      <Facts facts={referralFacts(doc, organisations.find((one) => one.id === doc.referrer_organisation_id)?.doc.name)} />
      <div class="kith-buttons">
        <ButtonLink href={at("referrals", id, "status")} look="secondary">{t("referral.page.status")}</ButtonLink>
        <ButtonLink href={at("referrals", id, "note")} look="secondary">{t("caseload.note.title")}</ButtonLink>
        <ButtonLink href={at("referrals", id, "card")} look="secondary">{t("referral.card.make")}</ButtonLink>
        <ButtonLink href={at("referrals", id, "handover")} look="secondary">{t("referral.handover.title")}</ButtonLink>
      </div>
      {person?.doc.made_up && (
        <p>
          <Tag colour="grey">{t("caseload.person.madeUp")}</Tag> {t("caseload.person.madeUpText")}
        </p>
      )}
    </Page>
  );
}

function referralFacts(doc: ReferralDoc, referrer: string | undefined): Fact[] {
  const from = [doc.referrer_name, referrer].filter(Boolean).join(", ") || (doc.source ? label("source", doc.source) : "");
  return [
    { name: t("referral.rows.needs"), value: labelList("need", doc.needs) },
    ...(doc.main_need && doc.needs.length > 1 ? [{ name: t("referral.rows.main"), value: label("need", doc.main_need) }] : []),
    { name: t("referral.rows.budget"), value: budgetWords(doc.budget_pence) },
    { name: t("referral.rows.urgency"), value: label("urgency", doc.urgency) },
    { name: t("referral.page.received"), value: dateWords(doc.received_on) },
    ...(from ? [{ name: t("referral.page.from"), value: from }] : []),
    ...(doc.reason ? [{ name: t("referral.reason"), value: label("reason", doc.reason) }] : []),
    ...(doc.comment ? [{ name: t("referral.comment"), value: <span class="kith-written">{doc.comment}</span> }] : []),
  ];
}

function budgetWords(pence: number | null): string {
  if (pence === null) return t("referral.budget.any");
  return pence === 0 ? t("referral.budget.free") : t("referral.budget.upTo", { money: moneyWords(pence) });
}

function Placements({ placements }: { readonly placements: readonly Item<"placement">[] }) {
  const itemName = useItemName();
  const off = new Set(useList("notice").filter(({ doc }) => doc.status === "active").map(({ doc }) => doc.placement_id));
  if (placements.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("referral.page.chosen")}</h2>
      {placements.map(({ id }) => <RefusedNotice key={id} kind="placement" id={id} />)}
      <ul class="kith-list">
        {placements.map((one) => (
          <Row key={one.id} href={at("placements", one.id)} name={itemName(one.doc.item_kind, one.doc.item_id)}>
            {[
              PLACEMENT_STATUS[one.doc.status].text,
              one.commands.some(({ name }) => name === "offer_place") && t("referral.page.asking"),
              one.doc.place_held === "offered" && t("referral.placement.held.offered"),
              off.has(one.id) && t("referral.page.off"),
            ].filter(Boolean).join(" · ")}
          </Row>
        ))}
      </ul>
    </>
  );
}
