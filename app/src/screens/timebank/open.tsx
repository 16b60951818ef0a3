/** The desk opens an account: for a person, a group or an organisation, where members do not or cannot join by themselves. */

import { uuid7 } from "@contract/sync/index.ts";
import { useState } from "preact/hooks";
import { useDeskBanks, useIsBroker } from "../../data/bank.ts";
import { command } from "../../data/write.ts";
import { ownersFor, type Type } from "../../logic/owners.ts";
import { at, go } from "../../router.ts";
import { useList, useOnce, useReach } from "../../ui/context.ts";
import { ErrorSummary, type Errors, Form, Radios, TextField } from "../../ui/fields.tsx";
import { Lost } from "../../ui/lost.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

const TYPES = ["person", "group", "organisation"] as const;

export function OpenAccount() {
  const isBroker = useIsBroker();
  const [banks, accounts] = [useDeskBanks(), useList("account")];
  const [bankId, setBankId] = useState("");
  const bank = banks.find(({ id }) => id === bankId) ?? (banks.length === 1 ? banks[0] : undefined);
  const [type, setType] = useState<Type>("person");
  const [owner, setOwner] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const reach = useReach();
  const once = useOnce();
  const open = async (): Promise<boolean> => {
    const owner_id = owner.trim();
    const has = accounts.find(({ id, doc }) => id === owner_id || (doc.owner_id === owner_id && doc.bank_id === bank?.id));
    const wrong = {
      ...(bank ? {} : { bank: t("timebank.open.wrong.bank") }),
      ...(/^[\w.-]{1,64}$/.test(owner_id) ? {} : { owner: t(`timebank.open.wrong.${type}`) }),
      ...(has ? { owner: t("timebank.open.wrong.has", { name: has.doc.name }) } : {}),
    };
    setErrors(wrong);
    if (!bank || Object.keys(wrong).length > 0) return false;
    const centre = type === "group" ? { centre_id: bank.doc.centre_id } : {};
    const account_id = uuid7(Date.now(), Math.random);
    reach.say(t("timebank.open.saved"), await command(reach, "bank", bank.id, "open_account", { account_id, type, owner_id, ...centre }));
    go(at("timebank", "desk"));
    return true;
  };
  if (!isBroker) return <Lost />;
  return (
    <Page title={t("timebank.open.title")} back={at("timebank", "desk")} backText={t("timebank.desk.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(open)}>
        {banks.length > 1 && (
          <Radios id="bank" label={t("timebank.rules.bank")} error={errors["bank"]} options={banks.map(({ id, doc }) => ({ value: id, label: doc.name }))} value={bankId} onChange={setBankId} />
        )}
        <Radios
          id="type" label={t("timebank.open.type")} value={type} onChange={(value) => [setType(value as Type), setOwner("")]}
          options={TYPES.map((value) => ({ value, label: t(`timebank.desk.type.${value}`) }))}
        />
        <Whose key={type} type={type} owner={owner} error={errors["owner"]} onChange={setOwner} />
        {type === "group" && bank?.doc.centre_id && <p class="kith-quiet">{t("timebank.open.centre")}</p>}
        <Button type="submit">{t("timebank.open.button")}</Button>
      </Form>
    </Page>
  );
}

interface WhoseProps {
  readonly type: Type;
  readonly owner: string;
  readonly error: string | undefined;
  readonly onChange: (owner: string) => void;
}

/** By name, of those on this phone. It holds volunteers only of whoever looks after them; others give their number. */
function Whose({ type, owner, error, onChange }: WhoseProps) {
  const [typed, setTyped] = useState("");
  const [volunteers, organisations, accounts] = [useList("volunteer"), useList("organisation"), useList("account")];
  const found = ownersFor(type, typed, owner, { volunteers, organisations, accounts });
  const isByNumber = type === "person" && volunteers.length === 0;
  if (isByNumber) return <TextField id="owner" label={t("timebank.open.number")} hint={t("timebank.open.numberHint")} error={error} value={owner} onChange={onChange} maxLength={64} />;
  return (
    <>
      <TextField id={found.length > 0 ? "find" : "owner"} type="search" label={t("timebank.open.find")} error={found.length > 0 ? undefined : error} value={typed} onChange={setTyped} />
      {found.length > 0 && <Radios id="owner" label={t("timebank.open.whose")} error={error} options={found.map(({ id, name }) => ({ value: id, label: name }))} value={owner} onChange={onChange} />}
    </>
  );
}
