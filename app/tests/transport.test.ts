import { afterEach, expect, test, vi } from "vitest";
import { fetchTransport } from "../src/sync/transport.ts";

const ask = () => fetchTransport().send({ method: "GET", path: "/v1/sync/manifest", headers: {} });

function answering(body: string, status = 200): void {
  vi.stubGlobal("fetch", async () => new Response(body || null, { status }));
}

afterEach(() => vi.unstubAllGlobals());

test("the page of a hotel's network in front of the server is no answer of it", async () => {
  answering("<!doctype html><title>Welcome</title>");
  expect(await ask()).toMatchObject({ status: 502, body: null });
});

test("what the server says is taken as it is, nothing at all and refusals too", async () => {
  answering('{"head":1}');
  expect(await ask()).toMatchObject({ status: 200, body: { head: 1 } });
  answering("", 204);
  expect(await ask()).toMatchObject({ status: 204, body: null });
  answering("<h1>Bad gateway</h1>", 503);
  expect(await ask()).toMatchObject({ status: 503, body: null });
});
