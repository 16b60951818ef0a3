/** Sign-in: a password once, then the phone keeps its tokens; one person's records are never another's to see. */

import type { Messenger } from "./messenger.ts";
import type { DeviceInfo, Transaction } from "./ports.ts";
import { OTHER_ACCOUNT, ProblemError, slugOf } from "./problems.ts";
import type { Account, Session } from "./wire.ts";

export interface Credentials {
  username: string;
  password: string;
}

/** Asks for a session; when the device's id belongs to another account, once more with the id that `renew` makes. */
export async function enrol(
  messenger: Messenger, credentials: Credentials, device: DeviceInfo, renew: () => string,
): Promise<Session> {
  const ask = async (id: string) => {
    const body = { ...credentials, device: { ...device, id } };
    return (await messenger.open({ method: "POST", path: "/v1/sign-in", body })).body as Session;
  };
  try {
    return await ask(device.id);
  } catch (error) {
    if (error instanceof ProblemError && slugOf(error.problem) === "device-taken") return ask(renew());
    throw error;
  }
}

/** Keeps the session. Another account's records go first; throws ProblemError when that account has unsent work here. */
export async function begin(tx: Transaction, session: Session): Promise<void> {
  const before = await tx.meta<Account>("account");
  if (before && before.id !== session.account.id) {
    if ((await tx.outbox()).length) throw new ProblemError(OTHER_ACCOUNT);
    await tx.clear();
  }
  await tx.setMeta("wiped", false);
  await tx.setMeta("problem", null);
  await tx.setMeta("device", session.device_id);
  await keep(tx, session);
}

/** Keeps a session that was renewed. */
export async function keep(tx: Transaction, session: Session): Promise<void> {
  await tx.setMeta("account", session.account);
  await tx.setMeta("held", session.scopes);
  await tx.setMeta("session", session);
}
