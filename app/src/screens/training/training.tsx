/** One training: what it covers, how it stands for this volunteer, what it opens, and what was recorded of it. */

import { useGated } from "../../data/gated.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { trainingLine, type TrainingLine } from "../../logic/trainings.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, type Fact, Facts, LinkButton, Notice, Row } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { stateWords, validWords } from "./words.ts";

export function Training({ id }: { readonly id: string }) {
  const me = useAccount();
  const training = useOne("training", id);
  const volunteer = useList("volunteer").find((one) => one.id === me.volunteer_id);
  const completions = useList("completion").filter(({ doc }) => doc.training_id === id && doc.volunteer_id === me.volunteer_id);
  const gated = useGated();
  if (training === undefined) return null;
  if (training === null) return <Gone kind="training" back={at("training")} />;
  const line = volunteer ? trainingLine(volunteer, training, completions, gated, today()) : null;
  return (
    <Page title={training.doc.name} back={at("training")} backText={t("training.title")}>
      {line && <Notice attention={line.state === "over" || line.state === "soon"}><p role="status">{stateWords(line, today())}</p></Notice>}
      {training.doc.covers && <p class="kith-written">{training.doc.covers}</p>}
      <Facts facts={factsOf(training)} />
      {line && <Opens line={line} />}
      <Done completions={completions} />
      {line && <ButtonLink href={at("training", "done", id)}>{t(line.state === "none" ? "training.record.button" : "training.record.again")}</ButtonLink>}
    </Page>
  );
}

function factsOf({ doc }: Item<"training">): Fact[] {
  return [
    ...(doc.provider ? [{ name: t("training.provider"), value: doc.provider }] : []),
    { name: t("training.good"), value: validWords({ doc }) },
    { name: t("training.evidence"), value: t(doc.needs_evidence ? "training.evidenceYes" : "training.evidenceNo") },
  ];
}

const MOST = 5;

function Opens({ line }: { readonly line: TrainingLine }) {
  if (line.opens.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t(line.state === "held" || line.state === "soon" ? "training.opens" : "training.wouldOpen")}</h2>
      <ul class="kith-list">
        {line.opens.slice(0, MOST).map((one) => (
          <Row key={one.id} href={one.kind === "task" ? at("tasks", one.id) : at("items", "opportunity", one.id)} name={one.doc.name}>
            {t(one.kind === "task" ? "training.task" : "training.role")}
          </Row>
        ))}
      </ul>
    </>
  );
}

function Done({ completions }: { readonly completions: readonly Item<"completion">[] }) {
  if (completions.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("training.recorded")}</h2>
      <ul class="kith-list">
        {[...completions].sort((a, b) => (a.doc.done_on < b.doc.done_on ? 1 : -1)).map((one) => (
          <Completion key={one.id} one={one} />
        ))}
      </ul>
    </>
  );
}

function Completion({ one }: { readonly one: Item<"completion"> }) {
  const reach = useReach();
  const { doc } = one;
  const asked = one.commands.length > 0;
  const once = useOnce(asked);
  const takeBack = async (): Promise<void> => {
    reach.say(t("training.record.takenBack"), await command(reach, "completion", one.id, "revoke_completion", { reason: "mistake" }));
  };
  const reason = doc.reason ? label("revoke_reason", doc.reason) : "";
  return (
    <li class="kith-list__item kith-entry">
      <span class="kith-entry__name">{dateWords(doc.done_on)}</span>
      <span class="kith-row__text">
        {doc.evidence && <>{doc.evidence}<br /></>}
        {t(`training.status.${doc.status}`, { reason })}
      </span>
      <RefusedNotice kind="completion" id={one.id} />
      <Standing item={one} />
      {doc.status === "unverified" && !asked && (
        <LinkButton onClick={() => once(takeBack)}>
          {t("training.record.takeBack")}
          <span class="nhsuk-u-visually-hidden">: {dateWords(doc.done_on)}</span>
        </LinkButton>
      )}
    </li>
  );
}
