/** Files by the stock tus-js-client, over a line that breaks, into a real server. */

import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { type DetailedError, Upload, type UploadOptions } from "tus-js-client";
import { FileQueue, fetchFiles, MemoryFiles } from "../../typescript/files/index.ts";
import { Line } from "./line.ts";
import { Phone, photo, sha256 } from "./sender.ts";
import { admin, options, SERVER, team } from "./stage.ts";

const CHUNK = 16 * 1024;

/** Sends with the stock client until it is done or gives up; gives the upload, or the error. */
function send(phone: Phone, id: string, bytes: Buffer, more: UploadOptions = {}): Promise<Upload | DetailedError> {
  return new Promise((done) => {
    const upload: Upload = new Upload(bytes, {
      endpoint: `${line.address}/v1/files`,
      headers: phone.headers,
      metadata: { attachment: id, filename: "Ada Quill at home.png", filetype: "image/png" },
      retryDelays: [0, 20, 50, 100, 200],
      chunkSize: CHUNK,
      onSuccess: () => done(upload),
      onError: (error) => done(error as DetailedError),
      ...more,
    });
    upload.start();
  });
}

function refusal(ended: Upload | DetailedError): [number, string] {
  assert.ok(ended instanceof Error, "it should have been refused");
  const answer = ended.originalResponse;
  const problem = JSON.parse(answer?.getBody() || "{}") as { type?: string };
  return [answer?.getStatus() ?? 0, problem.type?.replace("/problems/", "") ?? ""];
}

function complete(ended: Upload | DetailedError): Upload {
  assert.ok(ended instanceof Upload, String(ended));
  return ended;
}

let line: Line;
let phone: Phone;

if (!options.skip) {
  before(async () => {
    line = await Line.to(SERVER);
    const { names, team_id } = await team("files", 1);
    phone = await Phone.open(names[0]!, team_id);
    await phone.create("person", team_id, { team_id, given_name: "Ada", family_name: "Quill", made_up: true });
  });
  after(() => line.close());
}

test("a photo in small pieces arrives whole, and its record says so", options, async () => {
  const bytes = photo(200_000);
  const id = await phone.announce(bytes);
  const accepted: number[] = [];
  const upload = complete(await send(phone, id, bytes, { onChunkComplete: (_, so_far) => accepted.push(so_far) }));
  assert.equal(accepted.length, Math.ceil(bytes.length / CHUNK));
  assert.ok(!upload.url?.includes("Ada"));
  assert.deepEqual(await phone.record(id), { ...(await phone.record(id)), status: "stored", sha256: sha256(bytes) });
  assert.ok((await phone.file(id)).bytes.equals(bytes));
});

test("a line that breaks five times costs time, not the file", options, async () => {
  const bytes = photo(400_000);
  const id = await phone.announce(bytes);
  const before_ = line.cuts;
  const retry = (): boolean => {
    const cuts = line.cuts - before_;
    if (cuts < 5) line.cutAfter = 50_000 + 1111 * cuts;
    return true;
  };
  line.cutAfter = 60_001;
  // One request for the whole file: only what the server kept of broken requests can be built upon.
  const whole = { chunkSize: Number.POSITIVE_INFINITY, onShouldRetry: retry };
  complete(await send(phone, id, bytes, { ...whole, retryDelays: Array.from({ length: 40 }, () => 50) }));
  assert.equal(line.cuts - before_, 5);
  assert.ok((await phone.file(id)).bytes.equals(bytes));
});

test("an app that was closed goes on where the upload stopped", options, async () => {
  const bytes = photo(300_000);
  const id = await phone.announce(bytes);
  let url = "";
  line.cutAfter = 150_000;
  const broken = await send(phone, id, bytes, {
    retryDelays: null,
    chunkSize: Number.POSITIVE_INFINITY,
    onBeforeRequest: (request) => {
      if (request.getMethod() === "PATCH") url = request.getURL();
    },
  });
  assert.ok(broken instanceof Error);
  let kept = await phone.offset(url);
  while (kept < 100_000) kept = await phone.offset(url); // the server is still putting down what came last
  assert.ok(kept > 100_000 && kept < bytes.length, `${kept} bytes were kept`);
  const before_ = line.sent;
  complete(await send(phone, id, bytes, { uploadUrl: url }));
  assert.ok(line.sent - before_ < bytes.length - kept + 20_000);
  assert.ok((await phone.file(id)).bytes.equals(bytes));
});

test("pieces with a checksum are taken, a damaged one is refused and sent again", options, async () => {
  const bytes = photo(100_000);
  const id = await phone.announce(bytes);
  let damaged = true;
  const check: NonNullable<UploadOptions["onBeforeRequest"]> = (request) => {
    if (request.getMethod() !== "PATCH") return;
    const at = Number(request.getHeader("Upload-Offset"));
    const piece = damaged && at === CHUNK ? Buffer.from("something else") : bytes.subarray(at, at + CHUNK);
    const digest = createHash("sha256").update(piece).digest("base64");
    request.setHeader("Upload-Checksum", `sha256 ${digest}`);
  };
  const seen: number[] = [];
  const retry = (error: DetailedError): boolean => {
    seen.push(error.originalResponse?.getStatus() ?? 0);
    damaged = false;
    return true;
  };
  complete(await send(phone, id, bytes, { onBeforeRequest: check, onShouldRetry: retry }));
  assert.deepEqual(seen, [460]);
  assert.ok((await phone.file(id)).bytes.equals(bytes));
});

test("an upload that is given up is gone", options, async () => {
  const bytes = photo(100_000);
  const id = await phone.announce(bytes);
  const url = await new Promise<string>((done) => {
    const upload: Upload = new Upload(bytes, {
      endpoint: `${SERVER}/v1/files`,
      headers: phone.headers,
      metadata: { attachment: id },
      chunkSize: CHUNK,
      retryDelays: null,
      onChunkComplete: () => void upload.abort(true).then(() => done(upload.url ?? "")),
    });
    upload.start();
  });
  assert.equal(await phone.offset(url), -404);
  assert.equal((await phone.file(id)).status, 409);
  assert.equal((await phone.record(id)).status, "awaited");
});

test("an upload that has expired begins again by itself", options, async () => {
  const bytes = photo(100_000);
  const id = await phone.announce(bytes);
  const first = await fetch(`${SERVER}/v1/files`, {
    method: "POST",
    headers: {
      ...phone.headers,
      "Tus-Resumable": "1.0.0",
      "Upload-Length": String(bytes.length),
      "Upload-Metadata": `attachment ${Buffer.from(id).toString("base64")}`,
    },
  });
  const url = SERVER + first.headers.get("Location");
  assert.equal(await phone.offset(url), 0);
  await admin({ expire: id });
  assert.equal(await phone.offset(url), -410);
  const upload = complete(await send(phone, id, bytes, { uploadUrl: url }));
  assert.notEqual(new URL(upload.url!).pathname, new URL(url).pathname);
  assert.ok((await phone.file(id)).bytes.equals(bytes));
});

test("another team neither gets a file nor learns that it is there", options, async () => {
  const bytes = photo(50_000);
  const id = await phone.announce(bytes);
  const upload = complete(await send(phone, id, bytes));
  const { names, team_id } = await team("strangers", 1);
  const stranger = await Phone.open(names[0]!, team_id);
  assert.equal((await stranger.file(id)).status, 404);
  assert.equal((await stranger.file(new URL(upload.url!).pathname.split("/").at(-1)!)).status, 404);
  assert.equal(await stranger.offset(upload.url!), -404);
  assert.deepEqual(refusal(await send(stranger, id, bytes, { retryDelays: null })), [404, "not-found"]);
  assert.deepEqual(refusal(await send(stranger, randomUUID(), bytes, { retryDelays: null })), [404, "not-found"]);
});

test("the same photo twice is sent twice and served under both records", options, async () => {
  const bytes = photo(80_000);
  for (let round = 0; round < 2; round += 1) {
    const id = await phone.announce(bytes);
    const before_ = line.sent;
    complete(await send(phone, id, bytes));
    assert.ok(line.sent - before_ >= bytes.length);
    assert.ok((await phone.file(id)).bytes.equals(bytes));
  }
});

test("a page that calls itself a photo is refused by what it is", options, async () => {
  const bytes = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
  const id = await phone.announce(bytes);
  assert.deepEqual(refusal(await send(phone, id, bytes, { retryDelays: null })), [415, "file-type-refused"]);
  const other = await phone.announce(bytes);
  const metadata = { attachment: other, filetype: "image/svg+xml" };
  assert.deepEqual(refusal(await send(phone, other, bytes, { retryDelays: null, metadata })), [415, "file-type-refused"]);
});

test("our own queue sends what was taken offline, over a line that breaks", options, async () => {
  const bytes = photo(300_000);
  const store = new MemoryFiles();
  const pushed = new Set<string>();
  const token = phone.headers["Authorization"]!.slice("Bearer ".length);
  const session = { token: async () => token, renew: async () => assert.fail("the sign-in is good") };
  const isPushed = async (id: string): Promise<boolean> => pushed.has(id);
  const network = fetchFiles(line.address);
  const queue = (): FileQueue => new FileQueue({ store, network, session, isPushed, clock: Date.now });
  const id = randomUUID();
  await queue().add(id, new Uint8Array(bytes));
  assert.deepEqual((await queue().send()).waiting, [id]);
  await phone.announce(bytes, {}, id);
  pushed.add(id);
  line.cutAfter = 150_000;
  assert.deepEqual((await queue().send()).waiting, [id]);
  let report = await queue().send();
  while (report.waiting.length) report = await queue().send(); // the server is still putting the broken request down
  assert.deepEqual(report, { sent: [id], waiting: [], refused: [] });
  assert.ok((await phone.file(id)).bytes.equals(bytes));
});
