/** Begin a new referral, also with answers that are known from elsewhere: from a door, a session, a call. */

import { answersFrom } from "../logic/referral-made.ts";
import { type Answers, START, type Step } from "../logic/wizard.ts";
import { at } from "../router.ts";
import { type Kith, saveDraft } from "./kith.ts";

/** Keep what is known as a draft; gives the address of the page where it goes on. */
export async function startReferral(kith: Kith, known: Partial<Answers> = {}, step: Step = "name"): Promise<string> {
  const id = crypto.randomUUID();
  if (Object.keys(known).length > 0) await saveDraft(kith, { id, step, values: { ...START, ...known } });
  return at("referrals", "draft", id, step);
}

/** The same for somebody whom this phone holds: only what is new is asked. */
export async function startReferralFor(kith: Kith, personId: string, known: Partial<Answers> = {}): Promise<string> {
  const person = (await kith.client.read("person", personId))?.doc;
  return person ? startReferral(kith, { ...known, ...answersFrom(personId, person) }, "needs") : startReferral(kith, known);
}
