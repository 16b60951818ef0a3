/** Save a new referral whole: its person, what they agreed to with their signature, and the referral itself. */

import { changesOf } from "../logic/changed.ts";
import { newConsent, newPerson, newReferral, personPart } from "../logic/referral-made.ts";
import type { Answers } from "../logic/wizard.ts";
import type { Reach } from "../ui/context.ts";
import { instantOf } from "../words/dates.ts";
import { keepFile } from "./file-queue.ts";
import type { Item } from "./live.ts";
import { create, patch } from "./write.ts";

export interface Saving {
  readonly answers: Answers;
  /** Who is referred, if this phone holds them already, and the consent that stands. */
  readonly person: Item<"person"> | undefined;
  readonly consent: Item<"consent"> | undefined;
  readonly teamId: string;
  readonly today: string;
  /** The picture of the signature, when they signed. */
  readonly signature: Uint8Array | null;
}

/** Gives the referral's id, and those of all records that were made, in the order of making. */
export async function saveReferral(reach: Reach, saving: Saving): Promise<{ readonly id: string; readonly made: readonly string[] }> {
  const { answers, person, teamId, today } = saving;
  const part = personPart(answers);
  const made: string[] = [];
  const personId = person ? person.id : await create(reach, "person", newPerson(answers, teamId));
  if (person) await patch(reach, "person", personId, changesOf(pick(person.doc, part), part));
  else made.push(personId);
  const consentId = await agreed(reach, saving, personId, made);
  const id = await create(reach, "referral", newReferral(answers, personId, teamId, today, consentId));
  made.push(id);
  return { id, made };
}

async function agreed(reach: Reach, { answers, consent, teamId, today, signature }: Saving, personId: string, made: string[]): Promise<string> {
  if (consent?.doc.keep_record) return consent.id;
  const id = await create(reach, "consent", newConsent(answers, personId, teamId, today));
  made.push(id);
  if (signature) made.push(await attachSignature(reach, { personId, teamId, consentId: id, bytes: signature }));
  return id;
}

interface Signed {
  readonly personId: string;
  readonly teamId: string;
  readonly consentId: string;
  readonly bytes: Uint8Array;
}

/** The bytes are kept before there is a record of them: a phone that dies in between has lost nothing that it named. */
export async function attachSignature(reach: Reach, { personId, teamId, consentId, bytes }: Signed): Promise<string> {
  const id = crypto.randomUUID();
  await keepFile(reach.kith, id, bytes);
  return create(reach, "attachment", {
    person_id: personId, team_id: teamId, owner_kind: "consent", owner_id: consentId, purpose: "consent_signature", media_type: "image/png",
    bytes: bytes.length, taken_at: instantOf(new Date()),
  }, id);
}

function pick<T extends object>(from: T, like: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.keys(like).map((key) => [key, from[key as keyof T]])) as Partial<T>;
}
