/** What the hub would like to be given: add a line, and say when it has come. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { create, patch } from "../../data/write.ts";
import { at } from "../../router.ts";
import { useAccount, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { Form, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Empty, RefusedNotice } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";

const MOST = 100_000;

export function Wishes() {
  const wishes = useLoaded("wish");
  const open = wishes?.filter(({ doc }) => doc.status === "wanted" || doc.status === "promised");
  return (
    <Page title={t("hub.wishes.title")} back={at("stock")} backText={t("hub.stock.title")}>
      {open?.length === 0 && <Empty text={t("hub.wishes.none")} />}
      <ul class="kith-plain">{open?.map((one) => <Wish key={one.id} wish={one} />)}</ul>
      <Add />
    </Page>
  );
}

function Wish({ wish: { id, doc } }: { readonly wish: Item<"wish"> }) {
  const reach = useReach();
  const once = useOnce(doc.status);
  const arrived = async (): Promise<void> => reach.say(t("hub.wishes.arrivedSaid"), await patch(reach, "wish", id, { status: "arrived" }));
  return (
    <li>
      <RefusedNotice kind="wish" id={id} />
      <p>{t("hub.wishes.line", { n: doc.quantity, name: doc.name })}</p>
      <Button look="secondary" onClick={() => once(arrived)}>
        {t("hub.wishes.arrived")}
        <span class="nhsuk-u-visually-hidden">: {doc.name}</span>
      </Button>
    </li>
  );
}

function Add() {
  const reach = useReach();
  const { hub_ids: [hub_id = ""] } = useAccount();
  const [name, setName] = useState("");
  const [n, setN] = useState("1");
  const [made, setMade] = useState(0);
  const once = useOnce(made);
  const add = async (): Promise<boolean> => {
    const quantity = Number(n);
    if (!name.trim() || !Number.isInteger(quantity) || quantity < 1 || quantity > MOST) return false;
    reach.say(t("hub.wishes.added"), await reach.midsOf(await create(reach, "wish", { hub_id, name: name.trim(), quantity })));
    setName("");
    setN("1");
    setMade(made + 1);
    return true;
  };
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("hub.wishes.new")}</h2>
      <Form onSubmit={() => once(add)}>
        <TextField id="wish" label={t("hub.wishes.what")} maxLength={120} value={name} onChange={setName} />
        <TextField id="wish-n" label={t("hub.move.howMany")} inputMode="numeric" width={5} maxLength={6} value={n} onChange={setN} />
        <Button type="submit">{t("hub.wishes.add")}</Button>
      </Form>
    </>
  );
}
