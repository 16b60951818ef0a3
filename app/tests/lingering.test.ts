import { expect, test } from "vitest";
import { Lingering, SAID_FOR_MS } from "../src/logic/lingering.ts";

test("what was done is said for ten seconds", () => {
  const said = new Lingering(1000);
  expect(said.left(1000)).toBe(SAID_FOR_MS);
  expect(said.left(11_000)).toBe(0);
});

test("the page that the deed itself opens leaves it, the next one takes it away", () => {
  const said = new Lingering(0);
  expect(said.leaves(40)).toBe(false);
  said.touch();
  expect(said.leaves(200)).toBe(true);
});

test("a step back that nobody touched the page for takes it away too, once the deed is over", () => {
  expect(new Lingering(0).leaves(1500)).toBe(true);
});

test("whoever comes by keyboard has ten seconds from the last step, and all the time there", () => {
  const said = new Lingering(0);
  said.walk(9000);
  expect(said.left(9000)).toBe(SAID_FOR_MS);
  said.hold(true, 12_000);
  expect(said.left(60_000)).toBeNull();
  said.hold(false, 60_000);
  expect(said.left(60_000)).toBe(SAID_FOR_MS);
});
