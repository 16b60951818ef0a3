/** Two phones write whatever chance says, while lines break and a server is restored: in the end all agree, and nothing was lost. */

import assert from "node:assert/strict";
import type { Doc } from "../../typescript/sync/wire.ts";
import { person, placed, syncAll, type Scenario } from "./people.ts";
import { admin, heldBy, type Phone } from "./stage.ts";

const SEED = Number(process.env["KITH_SEED"] ?? 20);
const STEPS = 24;
const BACKUP = 6;
const RESTORE = 14;
/** Codes that only this phone gives and takes, and codes that both give and nobody takes. */
const OWN = [["ar", "bn", "gu"], ["en", "fr", "lt"]];
const COMMON = ["pl", "ro", "tr", "ur", "zh"];

type Chance = (below: number) => number;
type Work = () => Promise<void>;

export const chances: Scenario[] = [
  {
    name: `whatever two phones write between cuts, lost answers and a restore, all agree in the end and nothing is lost (KITH_SEED=${SEED})`,
    phones: 2,
    async play(team_id, phones, [name]) {
      const story = new Story(team_id, phones, drawing(SEED));
      await story.begin();
      for (let step = 0; step < STEPS; step++) {
        if (step === BACKUP) await admin({ backup: true });
        if (step === RESTORE) await admin({ restore: true });
        await story.step();
      }
      await story.end(name!);
    },
  },
];

/** What was written, to be looked for in the end. */
class Story {
  private readonly team_id: string;
  private readonly phones: Phone[];
  private readonly draw: Chance;
  private person_id = "";
  private placement = "";
  private readonly authors = new Map<string, Phone>();
  private attended = 0;
  private readonly codes = new Set<string>();
  private readonly own: string[] = ["", ""];
  private readonly addresses: string[] = [];
  /** Words over which somebody wrote who saw them, in the field or, if they were the own, in a conflict. */
  private readonly past = new Set<string>();
  private readonly said: string[] = [];
  /** People whom only the phone that made them deletes. */
  private readonly made: Set<string>[] = [new Set(), new Set()];

  constructor(team_id: string, phones: Phone[], draw: Chance) {
    [this.team_id, this.phones, this.draw] = [team_id, phones, draw];
  }

  async begin(): Promise<void> {
    [this.person_id, this.placement] = await placed(this.team_id, this.phones[0]!);
    await this.phones[0]!.edit("person", this.person_id, { what_matters: "Her garden." });
    await syncAll(...this.phones);
    for (const { net } of this.phones) net.offline = true;
  }

  /** An edit or two, and often a sync, in which a line may break and a hand may be quicker than the answer. */
  async step(): Promise<void> {
    const who = this.draw(2);
    const [first, second, what] = [this.edit(who), this.edit(who), this.draw(8)];
    await first();
    if (what < 2) await second();
    else await this.sync(this.phones[who]!, what, second);
  }

  async end(name: string): Promise<void> {
    for (const { net } of this.phones) net.offline = false;
    for (let round = 0; round < 4; round++) await syncAll(...this.phones);
    const server = await heldBy(name);
    for (const kind of ["person", "placement", "conflict"]) {
      for (const phone of this.phones) {
        const held = await Promise.all((await phone.ids(kind)).map(async (id) => [id, given(await phone.read(kind, id))]));
        assert.deepEqual(Object.fromEntries(held), Object.fromEntries([...(server.get(kind) ?? [])].map(([id, doc]) => [id, given(doc)])));
      }
    }
    for (const phone of this.phones) assert.deepEqual(await phone.refused(), []);
    this.nothingIsLost(server.get("person")!.get(this.person_id)!, JSON.stringify([...(server.get("conflict")?.values() ?? [])]));
    assert.equal(server.get("placement")!.get(this.placement)!["attended"], this.attended);
    const people = [this.person_id, ...this.made.flatMap((own) => [...own])];
    assert.deepEqual([...server.get("person")!.keys()].sort(), people.sort());
  }

  private nothingIsLost(doc: Doc, conflicts: string): void {
    assert.deepEqual(doc["languages"], [...this.codes].sort());
    assert.deepEqual([doc["phone"] ?? "", doc["email"] ?? ""], this.own);
    const lost = this.addresses.filter((one) => one !== doc["address"] && !this.past.has(one) && !conflicts.includes(one));
    const unsaid = this.said.filter((one) => !String(doc["what_matters"]).includes(one) && !this.past.has(one) && !conflicts.includes(one));
    assert.deepEqual([lost, unsaid], [[], []]);
  }

  private async sync(phone: Phone, what: number, second: Work): Promise<void> {
    let isLeft = what < 5;
    const now = async () => ((isLeft = false), await second());
    if (isLeft) phone.net.meanwhile = { path: ["/v1/sync/p", "/v1/sync", "/v1/sync/pull"][what - 2]!, work: now };
    if (what === 4 || what === 5) phone.net.lost = 1;
    if (what === 6) phone.net.cut = 1;
    phone.net.offline = false;
    await phone.sync();
    phone.net.offline = true;
    [phone.net.meanwhile, phone.net.lost, phone.net.cut] = [null, 0, 0];
    if (isLeft) await now();
    if (what === 5) await phone.restart();
  }

  /** Something to write, drawn now and written when it is called. */
  private edit(who: number): Work {
    const [phone, other, amount] = [this.phones[who]!, this.draw(5), 1 + this.draw(3)];
    const edits: (() => Promise<unknown>)[] = [
      () => this.give(phone, COMMON[other]!),
      () => this.toggle(phone, OWN[who]![amount - 1]!),
      () => this.attend(phone, amount),
      () => phone.edit("person", this.person_id, { [who ? "email" : "phone"]: (this.own[who] = this.text(phone)) }),
      () => this.move(phone),
      () => this.say(phone),
      () => this.make(phone, this.made[who]!),
      () => this.remove(phone, this.made[who]!),
    ];
    const edit = edits[this.draw(edits.length)]!;
    return async () => void (await edit());
  }

  private async give(phone: Phone, code: string): Promise<void> {
    this.codes.add(code);
    const seen = (await this.seen(phone))["languages"] as string[];
    await phone.edit("person", this.person_id, { languages: [...new Set([...seen, code])].sort() });
  }

  private async toggle(phone: Phone, code: string): Promise<void> {
    const seen = (await this.seen(phone))["languages"] as string[];
    assert.equal(seen.includes(code), this.codes.has(code), `${code} is this phone's alone`);
    if (!this.codes.delete(code)) this.codes.add(code);
    await phone.edit("person", this.person_id, { languages: seen.includes(code) ? seen.filter((one) => one !== code) : [...seen, code].sort() });
  }

  private async attend(phone: Phone, times: number): Promise<void> {
    this.attended += times;
    const seen = Number((await phone.read("placement", this.placement))!["attended"]);
    await phone.edit("placement", this.placement, { attended: seen + times });
  }

  private async move(phone: Phone): Promise<void> {
    await this.overlook(phone);
    this.past.add(String((await this.seen(phone))["address"]));
    this.addresses.push(this.text(phone));
    await phone.edit("person", this.person_id, { address: this.addresses.at(-1)! });
  }

  private async say(phone: Phone): Promise<void> {
    await this.overlook(phone);
    this.said.push(this.text(phone));
    await phone.edit("person", this.person_id, { what_matters: `${(await this.seen(phone))["what_matters"]} ${this.said.at(-1)}` });
  }

  private async make(phone: Phone, made: Set<string>): Promise<void> {
    made.add(await phone.create("person", person(this.team_id, { family_name: this.text(phone) })));
  }

  private async remove(phone: Phone, made: Set<string>): Promise<void> {
    const id = [...made].pop();
    if (id === undefined) return;
    made.delete(id);
    await phone.remove("person", id);
  }

  private async seen(phone: Phone): Promise<Doc> {
    return { languages: [], ...given(await phone.read("person", this.person_id)) };
  }

  /** Who was told that the own words did not stand, and writes on, lets them go: a restore brings no such conflict back. */
  private async overlook(phone: Phone): Promise<void> {
    const conflicts = await Promise.all((await phone.ids("conflict")).map((id) => phone.read("conflict", id)));
    for (const [word, author] of this.authors) if (author === phone && JSON.stringify(conflicts).includes(word)) this.past.add(word);
  }

  private text(phone: Phone): string {
    const word = `w${String(this.authors.size + 1).padStart(3, "0")}.`;
    this.authors.set(word, phone);
    return word;
  }
}

/** Without what has no value: clients differ in whether they write that down. */
function given(doc: Doc = {}): Doc {
  return Object.fromEntries(Object.entries(doc).filter(([, value]) => value !== null));
}

/** Numbers below a bound, always the same for a seed (mulberry32). */
function drawing(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
