/** The caseload: everyone the team supports, what is due on top, and a search that needs no signal. */

import { useMemo, useState } from "preact/hooks";
import { found, nameOf, type Order, type Show, shown, sorted } from "../../data/caseload.ts";
import { mayWriteKind } from "../../data/write.ts";
import { at } from "../../router.ts";
import { today, useAccount } from "../../ui/context.ts";
import { Select, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { ENDED, REFERRAL_STATUS } from "../../words/status.ts";
import { t } from "../../words/t.ts";
import { dueText, type SoughtLine, useCaseload } from "./use-caseload.ts";

/** More than a screen holds: others are drawn when they are asked for, so that a letter costs the same on any caseload. */
const AT_ONCE = 20;
const SHOWS: readonly Show[] = ["all", "due", "new", "active", "ended"];
const ORDERS: readonly Order[] = ["due", "name", "newest"];

/** How the list was left, so that coming back from a person finds it so. */
const left = { typed: "", show: "all" as Show, order: "due" as Order, pages: 1 };

export function People() {
  const mayRefer = mayWriteKind(useAccount(), "referral");
  const lines = useCaseload();
  const [{ typed, show, order, pages }, setLook] = useState(left);
  const look = (change: Partial<typeof left>): void => setLook({ ...Object.assign(left, { pages: 1 }, change) });
  const inOrder = useMemo(() => sorted(shown(lines ?? [], show, today(), ENDED), order) as readonly SoughtLine[], [lines, show, order]);
  const matches = useMemo(() => found(inOrder, typed), [inOrder, typed]);
  return (
    <Page title={t("caseload.title")}>
      {mayRefer && <ButtonLink href={at("referrals", "new")}>{t("caseload.newReferral")}</ButtonLink>}
      <TextField id="search" label={t("caseload.search")} type="search" value={typed} onChange={(text) => look({ typed: text })} />
      <div class="kith-pair">
        <Select id="show" label={t("caseload.show.label")} options={SHOWS.map((value) => ({ value, label: t(`caseload.show.${value}`) }))} value={show} onChange={(value) => look({ show: value as Show })} />
        <Select id="order" label={t("caseload.order.label")} options={ORDERS.map((value) => ({ value, label: t(`caseload.order.${value}`) }))} value={order} onChange={(value) => look({ order: value as Order })} />
      </div>
      <p role="status" class="kith-quiet">{matches.length > 0 && t("caseload.count", { count: matches.length })}</p>
      {lines?.length === 0 && <Empty text={t("caseload.empty")} />}
      {lines !== undefined && lines.length > 0 && matches.length === 0 && <p>{t("caseload.noneFit")}</p>}
      {matches.length > 0 && <ul class="kith-list">{matches.slice(0, pages * AT_ONCE).map((line) => <Line key={line.person.id} line={line} />)}</ul>}
      {matches.length > pages * AT_ONCE && <Button look="secondary" onClick={() => look({ pages: pages + 1 })}>{t("caseload.more")}</Button>}
    </Page>
  );
}

function Line({ line: { person, referral, due } }: { readonly line: SoughtLine }) {
  return (
    <Row href={at("people", person.id)} name={nameOf(person)}>
      {due ? dueText(due) : referral ? REFERRAL_STATUS[referral.doc.status].text : t("caseload.noReferral")}
      {person.pending && ` ${t("caseload.notSent")}`}
    </Row>
  );
}
