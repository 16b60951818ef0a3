import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { loadPack } from "../loading.ts";
import { PackError, rulesPack } from "../pack.ts";
import { shortlist } from "../shortlist.ts";
import { packBytes, vector } from "./vectors.ts";

async function slugOf(loading: Promise<unknown>): Promise<string> {
  const error = await loading.then(() => null, (reason: unknown) => reason);
  assert.ok(error instanceof PackError, String(error));
  return error.slug;
}

test("a pack says its version and the hash of its bytes", async () => {
  const bytes = packBytes();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const pack = await loadPack(bytes, { version: "golden", sha256 });
  assert.deepEqual([pack.version, pack.sha256, pack.asOf], ["golden", sha256, "2026-11-01"]);
});

test("a damaged, cut, lengthened or foreign file is corrupt", async () => {
  const bytes = packBytes();
  const damaged = bytes.slice();
  damaged[400] = (damaged[400] ?? 0) ^ 255;
  const lengthened = new Uint8Array([...bytes, 1, 2, 3]);
  for (const wrong of [damaged, bytes.slice(0, -10), lengthened, new Uint8Array(), new TextEncoder().encode("{}")]) {
    assert.equal(await slugOf(loadPack(wrong)), "pack-corrupt");
  }
});

test("a pack that unfolds without end is refused unread", async () => {
  assert.equal(await slugOf(loadPack(packBytes({ version: "x".repeat(9_000_000) }))), "pack-too-large");
});

test("a pack other than the announced one is refused", async () => {
  assert.equal(await slugOf(loadPack(packBytes(), { sha256: "00" })), "pack-not-as-announced");
  assert.equal(await slugOf(loadPack(packBytes(), { version: "another" })), "pack-renamed");
});

test("a pack for another ranker is refused", async () => {
  assert.equal(await slugOf(loadPack(packBytes({ language: "00" }))), "pack-schema");
  assert.equal(await slugOf(loadPack(packBytes({ format: "kith-pack/2" }))), "pack-schema");
});

test("a pack that does not hang together is malformed", async () => {
  const circle: [number[], number[], number[], number[], number[], number[], number[], number[][]] =
    [[0], [1], [2], [0], [-1], [1, 2], [0], []];
  for (const changes of [
    { trees: [circle] },
    { values: [["x", ["no_such_operation", 1]]] as never },
    { features: [["x", "need", "no_such_value"]] as never },
    { linear: { weights: [1], means: [1], intercept: 0 } },
    { rules: null as never },
  ]) {
    assert.equal(await slugOf(loadPack(packBytes(changes))), "pack-malformed");
  }
});

test("the contributions and the base make the score", async () => {
  const { today, referrals, candidates } = vector<{ today: string; referrals: never[]; candidates: never[] }>("world");
  for (const pack of [await loadPack(packBytes()), rulesPack()]) {
    for (const { referral, person } of referrals) {
      const list = shortlist({ pack, referral, person, referralId: "r", today, candidates });
      for (const { contributions, score } of list.items) {
        const total = Object.values(contributions).reduce((sum, contribution) => sum + contribution, list.base);
        assert.ok(Math.abs(total - score) < 1e-9);
      }
    }
  }
});

test("without a pack, or with an old one, plain rules rank and say so", async () => {
  const request = { referral: { needs: ["work"] }, person: {}, referralId: "r", today: "2026-11-21", candidates: [] };
  const pack = await loadPack(packBytes());
  const fresh = shortlist({ ...request, pack, packAgeDays: 30 });
  assert.deepEqual([fresh.model_version, fresh.notice, fresh.pack_sha256], ["golden", null, pack.sha256]);
  const old = shortlist({ ...request, pack, packAgeDays: 31 });
  assert.deepEqual([old.model_version, old.pack_sha256, old.policy], ["rules", null, "rules-demand0.1-swap10"]);
  assert.match(old.notice ?? "", /more than 30 days old/);
  assert.match(shortlist({ ...request, pack: null }).notice ?? "", /no trained ranker/);
});
