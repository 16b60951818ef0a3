/** Counting with gloves on: a band of age a row, by one and by ten, and one big button that takes a slip back. */

import type { Item } from "../../data/live.ts";
import { type Age, AGES } from "../../logic/ages.ts";
import { at } from "../../router.ts";
import { today, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { useTally } from "./use-tally.ts";

export function Count({ id }: { readonly id: string }) {
  const session = useOne("session_log", id);
  if (session === undefined) return null;
  return session === null ? <Gone kind="session_log" back={at("sessions")} /> : <Counting session={session} />;
}

/** A short buzz where the phone has one: a glove feels no glass. */
function buzz(by: number): void {
  if ("vibrate" in navigator) navigator.vibrate(by === 1 ? 30 : by < 0 ? 90 : [30, 40, 30]);
}

function Counting({ session }: { readonly session: Item<"session_log"> }) {
  const tally = useTally(session);
  const add = (age: Age, by: number) => (): void => {
    tally.add(age, by);
    buzz(by);
  };
  const undo = (): void => {
    const tap = tally.undo();
    if (tap) buzz(-tap.by);
  };
  const { last, total } = tally;
  return (
    <Page title={session.doc.place} caption={capital(dayWords(session.doc.held_on, today()))} back={at("sessions")} backText={t("sessions.title")}>
      <p class="kith-tally__total" role="status">{t("sessions.met", { count: total })}</p>
      <RefusedNotice kind="session_log" id={session.id} />
      <ul class="kith-tally">
        {AGES.map((age) => (
          <Band key={age} age={age} n={tally.counts[age] ?? 0} add={add} />
        ))}
      </ul>
      <div class="kith-tally__undo">
        <button type="button" class="kith-tap kith-tap--undo" aria-disabled={last === null} onClick={undo}>
          {last ? t("sessions.undo", { n: last.by, age: t(`sessions.age.${last.field as Age}`) }) : t("sessions.nothing")}
        </button>
      </div>
      <Standing item={session} />
      <div class="kith-big">
        <ButtonLink href={at("sessions", session.id, "about")} look="secondary">{t("sessions.about")}</ButtonLink>
        <ButtonLink href={at("sessions", session.id, "correct")} look="secondary">{t("sessions.correct")}</ButtonLink>
      </div>
      <p class="kith-quiet">{t("sessions.merge")}</p>
    </Page>
  );
}

interface BandProps {
  readonly age: Age;
  readonly n: number;
  readonly add: (age: Age, by: number) => () => void;
}

function Band({ age, n, add }: BandProps) {
  const name = t(`sessions.age.${age}`);
  return (
    <li class="kith-tally__band">
      <p class="kith-tally__name">
        {name} <strong class="kith-tally__number">{n}</strong>
      </p>
      <button type="button" class="kith-tap kith-tap--ten" aria-label={t("sessions.addTen", { age: name })} onClick={add(age, 10)}>+10</button>
      <button type="button" class="kith-tap" aria-label={t("sessions.addOne", { age: name })} onClick={add(age, 1)}>+1</button>
    </li>
  );
}
