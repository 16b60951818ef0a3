/** Everything on the shelves: what runs low or out of date on top, a search for the rest. */

import { useMemo, useState } from "preact/hooks";
import { plain } from "../../logic/likeness.ts";
import { shelfOf } from "../../logic/stock.ts";
import { at } from "../../router.ts";
import { today, useList, useLoaded } from "../../ui/context.ts";
import { TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";

export function Stock() {
  const items = useLoaded("item");
  const movements = useList("movement");
  const [typed, setTyped] = useState("");
  const lines = useMemo(
    () => items?.filter(({ doc }) => doc.status === "active").map((item) => ({ item, shelf: shelfOf(item.id, item.doc, movements, today()) }))
      .sort((a, b) => Number(b.shelf.isLow || b.shelf.isOld) - Number(a.shelf.isLow || a.shelf.isOld) || a.item.doc.name.localeCompare(b.item.doc.name)),
    [items, movements],
  );
  const words = plain(typed.trim());
  const seen = (lines ?? []).filter(({ item }) => plain(item.doc.name).includes(words));
  return (
    <Page title={t("hub.stock.title")}>
      <ButtonLink href={at("stock", "new")}>{t("hub.stock.new")}</ButtonLink>
      <TextField id="search" type="search" label={t("upkeep.search")} value={typed} onChange={setTyped} />
      {lines && seen.length === 0 && <Empty text={t("hub.stock.none")} />}
      <ul class="kith-list">
        {seen.map(({ item: { id, doc }, shelf }) => (
          <Row key={id} href={at("stock", id)} name={doc.name}>
            {t(`hub.stock.there.${doc.unit}`, { count: shelf.there })}
            {doc.location && ` · ${doc.location}`}
            {shelf.isLow && ` · ${t("hub.stock.low")}`}
            {shelf.isOld && ` · ${t("hub.stock.old")}`}
          </Row>
        ))}
      </ul>
      <p><a class="kith-more" href={at("stock", "wishes")}>{t("hub.wishes.title")}</a></p>
    </Page>
  );
}
