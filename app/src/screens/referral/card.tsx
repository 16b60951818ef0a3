/** A card to take along, printed or shared: large letters, and nothing of the person but what was ticked. */

import { useState } from "preact/hooks";
import { type CardItem, cardItems } from "../../data/card.ts";
import { type Ranked } from "../../data/items.ts";
import { at } from "../../router.ts";
import { useAccount, useList, useOne, useReach } from "../../ui/context.ts";
import { Checkboxes, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Empty, Gone } from "../../ui/standing.tsx";
import { useCardFacts } from "./card-facts.ts";
import { useCardNumber } from "./card-number.ts";
import { t } from "../../words/t.ts";

const ASKED = ["first", "last", "far", "worker"] as const;

export function Card({ id }: { readonly id: string }) {
  const referral = useOne("referral", id);
  const person = useList("person").find((one) => one.id === referral?.doc.person_id);
  const items: readonly Ranked[] = [...useList("asset"), ...useList("opportunity"), ...useList("task"), ...useList("offer")];
  const placements = useList("placement").filter(({ doc }) => doc.referral_id === id).map(({ doc }) => doc);
  const exposures = useList("exposure").filter(({ doc }) => doc.referral_id === id).map(({ doc }) => doc);
  const [asked, setAsked] = useState<readonly string[]>(["first"]);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [number, setNumber] = useCardNumber(referral?.doc.team_id);
  const worker = useAccount().name;
  if (referral === undefined) return null;
  if (referral === null) return <Gone kind="referral" back={at("people")} />;
  const all = cardItems(items, placements, exposures, person?.doc);
  const hasChosen = all.some(({ chosen }) => chosen);
  const isOn = ({ item, chosen }: CardItem): boolean => left.includes(item.id) !== (hasChosen ? chosen : true);
  const on = all.filter(isOn);
  const name = [asked.includes("first") && person?.doc.given_name, asked.includes("last") && person?.doc.family_name].filter(Boolean).join(" ");
  const tellsWorker = asked.includes("worker");
  const sheet: SheetProps = { name, lines: on, tellsDistance: asked.includes("far"), questions: tellsWorker ? questionsWords(worker, number.trim()) : "" };
  return (
    <Page title={t("referral.card.title")} back={at("referrals", id)}>
      {all.length === 0 ? (
        <Empty text={t("referral.card.nothing")} />
      ) : (
        <>
          <Sheet {...sheet} />
          <div class="kith-no-print">
            <Checkboxes
              id="items" label={t("referral.card.which")} options={all.map(({ item }) => ({ value: item.id, label: item.doc.name }))} values={on.map(({ item }) => item.id)}
              onChange={(ids) => setLeft(all.filter((one) => ids.includes(one.item.id) !== (hasChosen ? one.chosen : true)).map(({ item }) => item.id))}
            />
            <Checkboxes id="asked" label={t("referral.card.what")} hint={t("referral.card.hint")} options={ASKED.map((value) => ({ value, label: t(`referral.card.asked.${value}`) }))} values={asked} onChange={setAsked} />
            {tellsWorker && <TextField id="number" label={t("referral.card.number")} hint={t("referral.card.numberHint")} type="tel" maxLength={40} value={number} onChange={setNumber} />}
            <Deeds {...sheet} />
          </div>
        </>
      )}
    </Page>
  );
}

interface SheetProps {
  readonly name: string;
  readonly lines: readonly CardItem[];
  readonly tellsDistance: boolean;
  /** Whom to ask who made the card; empty where that is not told. */
  readonly questions: string;
}

function questionsWords(name: string, phone: string): string {
  return phone ? t("referral.card.workerOn", { name, phone }) : t("referral.card.worker", { name });
}

function useHeading(name: string): string {
  return name ? t("referral.card.for", { name }) : t("referral.card.forYou");
}

function Sheet({ name, lines, tellsDistance, questions }: SheetProps) {
  const factsOf = useCardFacts(tellsDistance);
  return (
    <section class="kith-sheet" aria-label={t("referral.card.title")}>
      <h2 class="kith-sheet__title">{useHeading(name)}</h2>
      {lines.map((one) => (
        <div class="kith-sheet__item" key={one.item.id}>
          <h3>{one.item.doc.name}</h3>
          <dl>
            {factsOf(one).map((fact) => (
              <div key={fact.name}>
                <dt>{fact.name}</dt>
                <dd>{fact.value}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      {questions && <p>{questions}</p>}
    </section>
  );
}

function Deeds({ name, lines, tellsDistance, questions }: SheetProps) {
  const { say } = useReach();
  const factsOf = useCardFacts(tellsDistance);
  const heading = useHeading(name);
  const text = [
    heading, ...lines.map((one) => [one.item.doc.name, ...factsOf(one).map((fact) => `${fact.name}: ${fact.value}`)].join("\n")),
    ...(questions ? [questions] : []),
  ].join("\n\n");
  const share = async (): Promise<void> => {
    if ("share" in navigator) {
      // Whoever closes the choice of apps has not failed.
      await navigator.share({ title: heading, text }).catch((error: unknown) => {
        if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
      });
      return;
    }
    await (navigator as Navigator).clipboard.writeText(text);
    say(t("referral.card.copied"));
  };
  return (
    <>
      <Button onClick={() => print()}>{t("referral.card.print")}</Button>
      <Button look="secondary" onClick={() => void share()}>{t("share" in navigator ? "referral.card.share" : "referral.card.copy")}</Button>
    </>
  );
}
