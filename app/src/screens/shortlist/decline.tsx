/** Asked in place of the list: why somebody says no to a line. */

import { useState } from "preact/hooks";
import { type PlacementDoc, VOCABULARIES } from "@generated/contract.ts";
import { type Errors, ErrorSummary, Form, Radios } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, LinkButton } from "../../ui/parts.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";

export type Reason = NonNullable<PlacementDoc["reason"]>;

/** What can be said of something that nobody has tried yet. */
const LATER: readonly string[] = ["completed", "no_contact", "moved", "nothing_suitable"];

interface Props {
  readonly name: string;
  readonly onSave: (reason: Reason) => void;
  readonly onCancel: () => void;
}

export function Decline({ name, onSave, onCancel }: Props) {
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const options = Object.keys(VOCABULARIES.reason).filter((code) => !LATER.includes(code)).map((code) => ({ value: code, label: label("reason", code) }));
  const save = (): void => {
    if (reason) onSave(reason as Reason);
    else setErrors({ "decline-reason": t("shortlist.decline.missing") });
  };
  return (
    <Page title={t("shortlist.decline.title")} caption={name} failed={"decline-reason" in errors}>
      <p>{t("shortlist.decline.text", { name })}</p>
      <ErrorSummary errors={errors} />
      <Form onSubmit={save}>
        <Radios id="decline-reason" label={t("shortlist.decline.label")} options={options} value={reason} onChange={setReason} error={errors["decline-reason"]} />
        <Button type="submit">{t("shortlist.decline.save")}</Button>
        <p>
          <LinkButton onClick={onCancel}>{t("shortlist.decline.cancel")}</LinkButton>
        </p>
      </Form>
    </Page>
  );
}
