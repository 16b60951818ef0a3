/** One thing on the shelf: how many, what is kept for somebody, what came and went. */

import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { shelfOf } from "../../logic/stock.ts";
import { at } from "../../router.ts";
import { today, useList, useOne, useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Facts, Notice } from "../../ui/parts.tsx";
import { useAttention } from "../../ui/queue.ts";
import { Gone, Refused, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { commandWords } from "../../words/changes.ts";
import { dateWords, dayWords, sinceWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

const SHOWN = 20;

export function OneItem({ id }: { readonly id: string }) {
  const item = useOne("item", id);
  const movements = useList("movement").filter(({ doc }) => doc.item_id === id);
  // A movement that was refused is no longer among those of the phone.
  const refused = useAttention().filter(({ kind, set }) => kind === "movement" && set?.["item_id"] === id);
  if (item === undefined) return null;
  if (item === null) return <Gone kind="item" back={at("stock")} />;
  const { doc } = item;
  const shelf = shelfOf(id, doc, movements, today());
  return (
    <Page title={doc.name} caption={label("item_category", doc.category)} back={at("stock")} backText={t("hub.stock.title")}>
      <RefusedNotice kind="item" id={id} />
      {refused.map((entry) => <Refused key={entry.mid} entry={entry} heading="h2" />)}
      <Standing item={item} />
      {(shelf.isLow || shelf.isOld) && <Notice attention><p>{capital(t(shelf.isLow ? "hub.stock.low" : "hub.stock.old"))}</p></Notice>}
      <Facts
        facts={[
          { name: t("hub.item.there"), value: t(`hub.stock.there.${doc.unit}`, { count: shelf.there }) },
          ...(doc.held > 0 ? [{ name: t("hub.item.kept"), value: String(doc.held) }] : []),
          ...(doc.location ? [{ name: t("hub.item.shelf"), value: doc.location }] : []),
          ...(doc.expires_on ? [{ name: t("hub.item.until"), value: dateWords(doc.expires_on) }] : []),
        ]}
      />
      <div class="kith-big">
        <ButtonLink href={at("stock", id, "out")}>{t("hub.move.out")}</ButtonLink>
        <ButtonLink href={at("stock", id, "in")} look="secondary">{t("hub.move.in")}</ButtonLink>
        <ButtonLink href={at("stock", id, "correction")} look="secondary">{t("hub.move.correction")}</ButtonLink>
      </div>
      <Kept id={id} />
      {movements.length > 0 && <h2 class="nhsuk-heading-m">{t("hub.item.moved")}</h2>}
      <ul class="kith-plain">
        {[...movements].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, SHOWN).map(({ id: key, doc: moved, pending }) => (
          <li key={key}>
            {label("movement_reason", moved.reason)}: {moved.quantity}
            <span class="kith-row__text">{capital(dayWords(moved.moved_on, today()))}{pending && ` · ${t("upkeep.waiting")}`}</span>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Kept({ id }: { readonly id: string }) {
  const kept = useList("reservation").filter(({ doc }) => doc.item_id === id && doc.status === "held");
  if (kept.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("hub.item.keptTitle")}</h2>
      {kept.map((one) => <Reservation key={one.id} reservation={one} />)}
    </>
  );
}

function Reservation({ reservation: { id, doc, commands } }: { readonly reservation: Item<"reservation"> }) {
  const reach = useReach();
  const once = useOnce(commands.length);
  const end = (name: "hand_out" | "let_go") => async (): Promise<void> => reach.say(t(`hub.item.${name}`), await command(reach, "reservation", id, name));
  if (commands.length > 0) return <p role="status">{t("centre.task.waiting", { what: commands.map((one) => commandWords(one.name)).join(", ") })}</p>;
  return (
    <>
      <p>{t("hub.item.keptFor", { n: doc.quantity, since: sinceWords(doc.held_at, new Date()) })}</p>
      <div class="kith-buttons">
        <Button onClick={() => once(end("hand_out"))}>{t("hub.item.handOut")}</Button>
        <Button look="secondary" onClick={() => once(end("let_go"))}>{t("hub.item.letGo")}</Button>
      </div>
    </>
  );
}
