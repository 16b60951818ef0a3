/** Changes that the server did not take: kept with what was written and why, until a person has seen them. */

import type { FieldSet, Op, Problem } from "../../typescript/sync/wire.ts";
import type { Keep } from "./keep.ts";
import type { Answered } from "./outbox.ts";

export interface Refused {
  mid: string;
  kind: string;
  id: string;
  op: Op;
  /** What the person wrote. */
  set: FieldSet;
  problem: Problem;
  refused_at: string;
}

export class Refusals {
  private readonly keep: Keep;

  constructor(keep: Keep) {
    this.keep = keep;
  }

  /** Oldest first. */
  async all(): Promise<Refused[]> {
    return (await this.keep.get<Refused[]>("refused")) ?? [];
  }

  /** Replaces what is known of these records: an answer makes an earlier refusal of the same record past. */
  async take(answered: Answered[], now: number): Promise<Refused[]> {
    if (!answered.length) return [];
    const about = new Set(answered.map(({ entry }) => `${entry.kind}/${entry.id}`));
    const refused = answered.filter(({ result }) => result.outcome === "rejected").map((one) => refusal(one, now));
    const others = (await this.all()).filter(({ kind, id }) => !about.has(`${kind}/${id}`));
    await this.keep.set("refused", [...others, ...refused]);
    return refused;
  }

  /** The person has seen it. */
  async dismiss(mid: string): Promise<void> {
    await this.keep.set("refused", (await this.all()).filter((one) => one.mid !== mid));
  }
}

function refusal({ entry, result }: Answered, now: number): Refused {
  const { mid, kind, id, op, set } = entry;
  const problem = result.problem ?? { type: "/problems/refused", title: "The server did not take this change.", status: 0, remedy: "drop" };
  return { mid, kind, id, op, set, problem, refused_at: new Date(now).toISOString() };
}
