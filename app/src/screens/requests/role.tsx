/** What an organisation asks for: published as a role as it stands, or declined with a reason. */

import { useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { at } from "../../router.ts";
import { useOne, useOnce, useReach } from "../../ui/context.ts";
import { Form, Select } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Details, Facts } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { commandWords } from "../../words/changes.ts";
import { dateWords } from "../../words/dates.ts";
import { label, labelList } from "../../words/labels.ts";
import { t } from "../../words/t.ts";

export function OneRole({ id }: { readonly id: string }) {
  const request = useOne("role_request", id);
  const organisation = useOne("organisation", request?.doc.organisation_id ?? "");
  if (request === undefined) return null;
  if (request === null) return <Gone kind="role_request" back={at("requests")} />;
  const { doc } = request;
  return (
    <Page title={doc.name} caption={t(`requests.status.${doc.status}`)} back={at("requests")} backText={t("requests.title")}>
      <RefusedNotice kind="role_request" id={id} />
      <Standing item={request} />
      {doc.description && <p class="kith-written">{doc.description}</p>}
      <Facts
        facts={[
          { name: t("upkeep.field.runBy"), value: organisation?.doc.name ?? t("upkeep.unknown") },
          { name: t("requests.asked"), value: dateWords(doc.asked_on) },
          { name: t("requests.wanted"), value: String(doc.wanted) },
          { name: t("upkeep.field.category"), value: label("category", doc.category) },
          { name: t("upkeep.field.commitment"), value: label("commitment", doc.commitment) },
          ...(doc.skills.length > 0 ? [{ name: t("centre.field.skills"), value: labelList("skill", doc.skills) }] : []),
          { name: t("centre.field.dbs"), value: t(`centre.dbs.${doc.dbs_level}`) },
          { name: t("upkeep.field.age"), value: doc.min_age === null ? t("upkeep.adults") : t("upkeep.from", { age: doc.min_age }) },
          ...(doc.reason ? [{ name: t("requests.why"), value: label("request_reason", doc.reason) }] : []),
        ]}
      />
      {doc.opportunity_id && <ButtonLink look="secondary" href={at("upkeep", "opportunity", doc.opportunity_id)}>{t("requests.see")}</ButtonLink>}
      {doc.status === "asked" && <Answer request={request} />}
    </Page>
  );
}

function Answer({ request }: { readonly request: Item<"role_request"> }) {
  const reach = useReach();
  const [reason, setReason] = useState("unclear");
  const once = useOnce(request.commands.length);
  if (request.commands.length > 0) return <p role="status">{t("centre.task.waiting", { what: request.commands.map((one) => commandWords(one.name)).join(", ") })}</p>;
  const publish = async (): Promise<void> => reach.say(t("requests.published"), await command(reach, "role_request", request.id, "publish_request"));
  const decline = async (): Promise<void> => reach.say(t("requests.declined"), await command(reach, "role_request", request.id, "decline_request", { reason }));
  return (
    <>
      <Button onClick={() => once(publish)}>{t("requests.publish")}</Button>
      <Details summary={t("requests.no")}>
        <Form onSubmit={() => once(decline)}>
          <Select id="reason" label={t("requests.why")} options={Object.keys(VOCABULARIES.request_reason).map((value) => ({ value, label: label("request_reason", value as never) }))} value={reason} onChange={setReason} />
          <Button type="submit" look="secondary">{t("requests.decline")}</Button>
        </Form>
      </Details>
    </>
  );
}
