/** The end of a new referral: check the answers, change any, save them all at once. */

import { useState } from "preact/hooks";
import { saveReferral } from "../../data/referral-save.ts";
import { dateFrom } from "../../logic/birth.ts";
import { mainNeed, personPart } from "../../logic/referral-made.ts";
import { readPostcode } from "../../logic/postcode.ts";
import { isOutdated, signs } from "../../logic/signature.ts";
import { type Answers, firstUnanswered, fullName, type Known, signedUnder, type Step } from "../../logic/wizard.ts";
import { at, go, goInstead, goPast } from "../../router.ts";
import { today, useAccount, useList, useOnce, useReach } from "../../ui/context.ts";
import { type Fact, Facts, LinkButton, Notice } from "../../ui/parts.tsx";
import { Question } from "../../ui/question.tsx";
import { pictureOf } from "../../ui/signature-pad.tsx";
import { slotsWords } from "../../words/candidate.ts";
import { budgets } from "../../words/choices.ts";
import { agreedBriefly } from "../../words/consent.ts";
import { dateWords } from "../../words/dates.ts";
import { label, labelList } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { titleOf } from "../../words/steps.ts";
import { t } from "../../words/t.ts";
import { travelWords } from "../caseload/facts.tsx";

interface CheckProps {
  /** Of the draft. */
  readonly id: string;
  readonly answers: Answers;
  readonly known: Known;
  readonly place: (step: Step, change?: boolean) => string;
  readonly forget: () => Promise<void>;
}

export function Check({ id, answers, known, place, forget }: CheckProps) {
  const account = useAccount();
  const person = useList("person").find((one) => one.id === answers.person_id);
  const consent = useList("consent").find((one) => one.doc.person_id === answers.person_id && one.doc.keep_record);
  const referrer = useList("organisation").find((one) => one.id === answers.referrer_organisation_id)?.doc.name;
  const reach = useReach();
  const once = useOnce();
  const missing = firstUnanswered(answers, known);
  const teamId = person?.doc.team_id ?? account.team_ids[0];

  const save = async (): Promise<boolean> => {
    if (missing !== "check" || teamId === undefined) return false;
    const signature = !consent && answers.method === "signed" ? await pictureOf(answers.signature) : null;
    const saved = await saveReferral(reach, { answers, person, consent, teamId, today: today(), signature });
    await forget();
    const mids = (await Promise.all(saved.made.map(reach.midsOf))).flat().reverse();
    reach.say(t("referral.check.saved"), mids, { id, step: "check", values: { ...answers } }, () => {
      // The page of a referral that is no more is no page to go back to.
      (location.hash.startsWith(at("referrals", saved.id)) ? goInstead : go)(place("check"));
    });
    goPast(at("referrals", "draft", id), at("referrals", saved.id, "shortlist"));
    return true;
  };

  const change = (step: Step): string => place(step, true);
  const isReady = missing === "check" && teamId !== undefined;
  return (
    <>
      {missing !== "check" && (
        <Notice attention>
          <p>
            {t("referral.check.missing")} <a href={change(missing)}>{titleOf(missing)}</a>
          </p>
        </Notice>
      )}
      {teamId === undefined && <Notice attention><p>{t("referral.check.noTeam")}</p></Notice>}
      <div class="kith-answers">
        <Facts facts={[...personRows(answers, change), ...needRows(answers, change), ...(consent ? [] : consentRows(answers, change))]} />
        <h2 class="nhsuk-heading-s">{t("referral.check.usual")}</h2>
        <Facts facts={usualRows(answers, referrer, change)} />
      </div>
      {isReady && <button class="nhsuk-button" type="button" data-goes-on onClick={() => once(save)}>{t("referral.check.save")}</button>}
      <ThrowAway onThrow={() => void forget().then(() => goPast(at("referrals", "draft", id), at()))} />
    </>
  );
}

/** An interview and a signature: asked first, as nobody gets them back. */
function ThrowAway({ onThrow }: { readonly onThrow: () => void }) {
  const { say } = useReach();
  const [asks, setAsks] = useState(false);
  if (!asks) return <p><LinkButton onClick={() => setAsks(true)}>{t("referral.check.throw")}</LinkButton></p>;
  const thrown = (): void => {
    onThrow();
    say(t("referral.check.thrown"));
  };
  return <Question text={t("referral.check.throwAsk")} keep={t("referral.check.throwNot")} onKeep={() => setAsks(false)} drop={t("referral.check.throwYes")} onDrop={thrown} />;
}

type Change = (step: Step) => string;

function personRows(answers: Answers, change: Change): Fact[] {
  const birth = dateFrom(answers.birth);
  const rows = [{ name: t("referral.rows.person"), value: fullName(answers) || t("referral.check.noName"), href: change("name") }];
  if (answers.person_id) return rows;
  return [
    ...rows,
    { name: t("referral.rows.birth"), value: birth ? dateWords(birth) : t("referral.check.unknown"), href: change("birth") },
    { name: t("referral.rows.postcode"), value: readPostcode(answers.postcode)?.text ?? t("referral.check.unknown"), href: change("home") },
    { name: t("referral.rows.phone"), value: answers.phone || t("referral.check.unknown"), href: change("home") },
  ];
}

function needRows(answers: Answers, change: Change): Fact[] {
  const main = mainNeed(answers);
  const budget = budgets().find((one) => one.value === answers.budget)?.label ?? t("referral.check.unknown");
  return [
    { name: t("referral.rows.matters"), value: <span class="kith-written">{answers.what_matters.trim() || t("referral.check.nothing")}</span>, href: change("matters") },
    { name: t("referral.rows.needs"), value: labelList("need", answers.needs), href: change("needs") },
    ...(answers.needs.length > 1 && main ? [{ name: t("referral.rows.main"), value: label("need", main), href: change("needs") }] : []),
    { name: t("referral.rows.travel"), value: travelWords(personPart(answers)), href: change("travel") },
    { name: t("referral.rows.budget"), value: budget, href: change("budget") },
  ];
}

function consentRows(answers: Answers, change: Change): Fact[] {
  const agreed = answers.keep_record ? t("referral.check.agreedTo", { what: agreedBriefly(answers).join(", ") }) : t("referral.check.agreedNo");
  return [
    { name: t("referral.rows.consent"), value: agreed, href: change("consent") },
    ...(answers.method === "signed" ? [{ name: t("referral.rows.signature"), value: signatureStands(answers), href: change("signature") }] : []),
  ];
}

function signatureStands(answers: Answers): string {
  const under = signedUnder(answers);
  if (signs(answers.signature, under)) return t("referral.signature.drawn");
  return t(isOutdated(answers.signature, under) ? "referral.signature.changed" : "referral.signature.empty");
}

function usualRows(answers: Answers, organisation: string | undefined, change: Change): Fact[] {
  const { availability, access_needs, languages, group_preference, audience, online_ok } = personPart(answers);
  const from = answers.referrer === "self" ? t("referral.referrer.self") : [answers.referrer_name, organisation].filter(Boolean).join(", ") || t("referral.referrer.organisation");
  return [
    { name: t("referral.rows.times"), value: availability.length === 0 ? t("referral.check.anyTime") : capital(slotsWords(availability)), href: change("times") },
    { name: t("referral.rows.access"), value: labelList("access", access_needs) || t("referral.check.none"), href: change("access") },
    { name: t("referral.rows.languages"), value: labelList("language", languages) || t("referral.check.unknown"), href: change("access") },
    { name: t("referral.rows.group"), value: label("group_preference", group_preference), href: change("group") },
    { name: t("referral.rows.audience"), value: t(`caseload.audience.${audience}`), href: change("group") },
    { name: t("referral.rows.online"), value: t(online_ok ? "referral.group.yes" : "referral.group.no"), href: change("group") },
    { name: t("referral.rows.from"), value: from, href: change("referrer") },
    { name: t("referral.rows.urgency"), value: label("urgency", answers.urgency), href: change("referrer") },
  ];
}
