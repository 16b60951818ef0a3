/** What a person has agreed to: each thing on its own, taken back whenever they wish, and the signature under it. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { ConsentDoc } from "@generated/contract.ts";
import { nameOf } from "../../data/caseload.ts";
import { readFile, waitsHere } from "../../data/file-queue.ts";
import type { Item } from "../../data/live.ts";
import { attachSignature } from "../../data/referral-save.ts";
import { create, patch } from "../../data/write.ts";
import { type Agreed, agreesToMore, answersOf, atMost } from "../../logic/consent.ts";
import { signs, stillUnder, UNSIGNED } from "../../logic/signature.ts";
import { at, go } from "../../router.ts";
import { today, useList, useOnce, useOne, useOnline, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Notice } from "../../ui/parts.tsx";
import { pictureOf } from "../../ui/signature-pad.tsx";
import { Gone, Standing } from "../../ui/standing.tsx";
import { signedWords } from "../../words/consent.ts";
import { dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { ConsentFlags, Sign } from "../referral/question-consent.tsx";

export function PersonConsent({ personId }: { readonly personId: string }) {
  const person = useOne("person", personId);
  const consents = useList("consent").filter((one) => one.doc.person_id === personId);
  if (person === undefined) return null;
  if (person === null) return <Gone kind="person" back={at("people")} />;
  const stands = consents.toSorted((a, b) => ((a.doc.given_on ?? "") < (b.doc.given_on ?? "") ? 1 : -1))[0];
  return <Editor key={stands?.id ?? ""} person={person} consent={stands} all={consents} />;
}


interface EditorProps {
  readonly person: Item<"person">;
  /** The one that stands, and every one there is: what is taken back is taken back in all. */
  readonly consent: Item<"consent"> | undefined;
  readonly all: readonly Item<"consent">[];
}

function Editor({ person, consent, all }: EditorProps) {
  const reach = useReach();
  const once = useOnce();
  const [start] = useState(() => answersOf(consent?.doc));
  const [answers, setAnswers] = useState(start);
  const [method, setMethod] = useState<ConsentDoc["method"]>("spoken");
  const [signature, setSignature] = useState(UNSIGNED);
  const [errors, setErrors] = useState<Errors>({});
  const back = at("people", person.id);
  const more = agreesToMore(start, answers);
  const name = nameOf(person);
  const agree = (change: Partial<Agreed>): void => {
    const agreed = { ...answers, ...change };
    setAnswers(agreed);
    setSignature((given) => stillUnder(given, signedWords(name, agreed)));
  };

  const save = async (): Promise<boolean> => {
    const isUnsigned = more && method === "signed" && !signs(signature, signedWords(name, answers));
    setErrors(isUnsigned ? { signature: t("referral.wrong.signature") } : {});
    if (isUnsigned) return false;
    const doc = { keep_record: answers.keep_record, share_with_providers: answers.share, use_for_improvement: answers.improve };
    const taken: string[] = [];
    for (const one of all) taken.push(...(await patch(reach, "consent", one.id, atMost(one.doc, answers))));
    if (!more && consent) {
      reach.say(t("caseload.consent.saved"), taken.reverse());
    } else {
      const id = await create(reach, "consent", { person_id: person.id, team_id: person.doc.team_id, ...doc, method, given_on: today() });
      const bytes = method === "signed" ? await pictureOf(signature) : null;
      const attached = bytes ? await attachSignature(reach, { personId: person.id, teamId: person.doc.team_id, consentId: id, bytes }) : null;
      reach.say(t("caseload.consent.saved"), [...(attached ? await reach.midsOf(attached) : []), ...(await reach.midsOf(id)), ...taken.reverse()]);
    }
    go(back);
    return true;
  };

  return (
    <Page title={t("caseload.consent.title")} caption={name} back={back} failed={Object.keys(errors).length > 0}>
      {consent ? (
        <p>{t(`caseload.consent.given.${consent.doc.method}`, { day: consent.doc.given_on ? dateWords(consent.doc.given_on) : t("caseload.facts.unknown") })}</p>
      ) : (
        <Notice attention><p>{t("caseload.consent.none")}</p></Notice>
      )}
      {consent && <Standing item={consent} />}
      {consent && <Signatures consentId={consent.id} />}
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <ConsentFlags id="consent" answers={answers} set={agree} />
        {start.keep_record && !answers.keep_record && <Notice attention><p>{t("caseload.consent.stops")}</p></Notice>}
        {more && (
          <Radios
            id="method" label={t("referral.consent.method")} value={method} onChange={(value) => setMethod(value as ConsentDoc["method"])}
            options={[{ value: "spoken", label: t("referral.consent.spoken") }, { value: "signed", label: t("referral.consent.signed") }]}
          />
        )}
        {more && method === "signed" && <Sign name={name} agreed={answers} signature={signature} onChange={setSignature} error={errors["signature"]} />}
        <Button type="submit">{t("caseload.consent.save")}</Button>
      </Form>
    </Page>
  );
}

function Signatures({ consentId }: { readonly consentId: string }) {
  const signed = useList("attachment").filter(({ doc }) => doc.owner_kind === "consent" && doc.owner_id === consentId);
  return <>{signed.map((one) => <SignatureShown key={one.id} attachment={one} />)}</>;
}

/** From this phone while it waits here, from the server afterwards; said in words when neither can be. */
function SignatureShown({ attachment }: { readonly attachment: Item<"attachment"> }) {
  const { kith } = useReach();
  const online = useOnline();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<"loading" | "here" | "sent" | "away">("loading");
  useEffect(() => {
    void (async () => {
      const [bytes, waits] = [await readFile(kith, attachment.id), await waitsHere(kith, attachment.id)];
      if (bytes === null) return setState("away");
      const picture = await createImageBitmap(new Blob([bytes as BlobPart], { type: attachment.doc.media_type }));
      const paper = canvas.current;
      if (paper === null) return;
      Object.assign(paper, { width: picture.width, height: picture.height });
      paper.getContext("2d")?.drawImage(picture, 0, 0);
      setState(waits ? "here" : "sent");
    })().catch(() => setState("away"));
  }, [attachment.id, attachment.doc.status, online]);
  const day = attachment.doc.taken_at ? dateWords(attachment.doc.taken_at.slice(0, 10)) : "";
  return (
    <>
      <canvas ref={canvas} class="kith-signed" role="img" aria-label={t("referral.signature.alt", { day })} hidden={state === "loading" || state === "away"} />
      {state === "here" && <p class="kith-standing">{t("caseload.consent.signatureHere")}</p>}
      {state === "away" && <p class="kith-quiet">{t("caseload.consent.signatureAway", { day })}</p>}
    </>
  );
}
