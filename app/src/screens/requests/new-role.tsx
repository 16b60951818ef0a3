/** An organisation looks for volunteers: what it asks for, written down while it is on the telephone. */

import { useState } from "preact/hooks";
import { type RoleRequestDoc, VOCABULARIES } from "@generated/contract.ts";
import { useTyped } from "../../data/typed.ts";
import { create } from "../../data/write.ts";
import { plain } from "../../logic/likeness.ts";
import { isWhole } from "../../logic/numbers.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useList, useOnce, useReach } from "../../ui/context.ts";
import { Checkboxes, type Errors, ErrorSummary, Form, Radios, Select, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";

const START = { organisation: "", name: "", description: "", category: "", skills: [] as string[], commitment: "flexible", sort: "", wanted: "1", dbs: "none", adults: "yes" };
const FOUND = 8;
const optionsOf = (vocabulary: "category" | "skill" | "commitment" | "role_type"): { value: string; label: string }[] =>
  Object.keys(VOCABULARIES[vocabulary]).map((value) => ({ value, label: label(vocabulary, value as never) }));

export function NewRole() {
  const reach = useReach();
  const { centre_ids: [centre_id = ""] } = useAccount();
  const { typed, set, forget } = useTyped("role:new", START);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (!typed) return null;
  const save = async (): Promise<boolean> => {
    const wrong: Errors = {
      ...(typed.organisation ? {} : { organisation: t("requests.wrong.organisation") }),
      ...(typed.name.trim() ? {} : { name: t("requests.wrong.name") }),
      ...(typed.category ? {} : { category: t("centre.wrong.type") }),
      ...(isWhole(typed.wanted, 1, 1000) ? {} : { wanted: t("requests.wrong.wanted") }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const made = await create(reach, "role_request", {
      centre_id, organisation_id: typed.organisation, name: typed.name.trim(), description: typed.description.trim() || null,
      category: typed.category as RoleRequestDoc["category"], skills: typed.skills as RoleRequestDoc["skills"], commitment: typed.commitment as RoleRequestDoc["commitment"],
      ...(typed.sort ? { role_type: typed.sort as RoleRequestDoc["role_type"] } : {}), wanted: Number(typed.wanted), dbs_level: typed.dbs as RoleRequestDoc["dbs_level"], min_age: typed.adults === "yes" ? null : 16, asked_on: today(),
    });
    const draft = await forget();
    go(at("requests", "role", made));
    reach.say(t("requests.saved"), await reach.midsOf(made), draft);
    return true;
  };
  return (
    <Page title={t("requests.new")} back={at("requests")} backText={t("requests.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Organisation value={typed.organisation} onChange={(organisation) => set({ organisation })} error={errors["organisation"]} />
        <TextField id="name" label={t("requests.name")} hint={t("requests.nameHint")} value={typed.name} onChange={(name) => set({ name })} error={errors["name"]} />
        <TextArea id="description" label={t("upkeep.field.description")} rows={4} value={typed.description} onChange={(description) => set({ description })} />
        <Select id="category" label={t("upkeep.field.category")} options={[{ value: "", label: t("centre.new.choose") }, ...optionsOf("category")]} value={typed.category} onChange={(category) => set({ category })} error={errors["category"]} />
        <TextField id="wanted" label={t("requests.wanted")} inputMode="numeric" width={4} maxLength={4} value={typed.wanted} onChange={(wanted) => set({ wanted })} error={errors["wanted"]} />
        <Select id="commitment" label={t("upkeep.field.commitment")} options={optionsOf("commitment")} value={typed.commitment} onChange={(commitment) => set({ commitment })} />
        <Select id="sort" label={t("roles.fact.sort")} hint={t("requests.sortHint")} options={[{ value: "", label: t("centre.new.choose") }, ...optionsOf("role_type")]} value={typed.sort} onChange={(sort) => set({ sort })} />
        <Select id="dbs" label={t("centre.field.dbs")} options={(["none", "basic", "standard", "enhanced"] as const).map((value) => ({ value, label: t(`centre.dbs.${value}`) }))} value={typed.dbs} onChange={(dbs) => set({ dbs })} />
        <Radios id="adults" label={t("upkeep.field.age")} options={[{ value: "yes", label: t("upkeep.adults") }, { value: "no", label: t("upkeep.from", { age: 16 }) }]} value={typed.adults} onChange={(adults) => set({ adults })} />
        <Checkboxes id="skills" label={t("centre.field.skills")} options={optionsOf("skill")} values={typed.skills} onChange={(skills) => set({ skills })} />
        <Button type="submit">{t("requests.save")}</Button>
      </Form>
      <p class="kith-quiet">{t("centre.new.kept")}</p>
    </Page>
  );
}

interface OrganisationProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly error: string | undefined;
}

/** Found by a few letters, as a county has thousands. */
function Organisation({ value, onChange, error }: OrganisationProps) {
  const organisations = useList("organisation");
  const [typed, setTyped] = useState("");
  const words = plain(typed.trim());
  const found = organisations.filter(({ id, doc }) => id === value || (words.length > 1 && plain(doc.name).includes(words))).slice(0, FOUND);
  return (
    <>
      <TextField id="find" type="search" label={t("requests.find")} value={typed} onChange={setTyped} error={found.length === 0 ? error : undefined} />
      {found.length > 0 && <Radios id="organisation" label={t("requests.organisation")} options={found.map(({ id, doc }) => ({ value: id, label: doc.name }))} value={value} onChange={onChange} error={error} />}
    </>
  );
}
