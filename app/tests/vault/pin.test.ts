import { expect, test } from "vitest";
import { faultOf, isObvious } from "../../src/vault/pin.ts";
import { Presence } from "../../src/vault/idle.ts";
import { waitMs } from "../../src/vault/tries.ts";
import { harmless, ownScript } from "../../src/trusted.ts";

const MINUTE_MS = 60_000;

test.each(["000000", "123456", "654321", "246802", "121212", "123123", "111222", "070351", "510307", "07031951", "20010229", "890123"])(
  "%s is too easy to guess", (pin) => expect(isObvious(pin)).toBe(true),
);

test.each(["274916", "583017", "904183", "31415926"])("%s will do", (pin) => expect(faultOf(pin, pin)).toBeNull());

test("a PIN has six digits or more, digits alone, and is typed twice", () => {
  expect([faultOf("27491", "27491"), faultOf("27491a", "27491a"), faultOf("274916", "274917"), faultOf("2749160583017", "")]).toEqual([
    "short", "digits", "different", "long",
  ]);
});

test("a clock that was put back makes nobody wait longer than the rule", () => {
  expect(waitMs({ count: 4, at: 1_000_000 }, 0)).toBe(5_000);
  expect(waitMs({ count: 4, at: 0 }, 4_000)).toBe(1_000);
  expect(waitMs({ count: 0, at: 0 }, 0)).toBe(0);
});

test("nobody is there after five minutes without a touch, and after two that nobody could see", () => {
  const presence = new Presence(5, 0);
  expect(presence.isAway(5 * MINUTE_MS - 1)).toBe(false);
  expect(presence.isAway(5 * MINUTE_MS)).toBe(true);
  presence.touch(4 * MINUTE_MS);
  expect(presence.isAway(8 * MINUTE_MS)).toBe(false);
  presence.hide(4 * MINUTE_MS);
  expect(presence.isAway(6 * MINUTE_MS)).toBe(true);
  presence.show();
  expect(presence.isAway(6 * MINUTE_MS)).toBe(false);
});

test("a phone that slept over the time is locked when it wakes, and so is one whose clock was put back", () => {
  const presence = new Presence(1, 10 * MINUTE_MS);
  expect([presence.isAway(600 * MINUTE_MS), presence.isAway(8 * MINUTE_MS)]).toEqual([true, true]);
});

test("no text becomes markup but the map's own signs, and no script is started but the service worker", () => {
  expect(harmless("<svg/>")).toBe("<svg/>");
  expect(harmless('<img src=x onerror="alert(1)">')).not.toContain("<");
  expect(harmless("Ada &amp; Bea")).toBe("Ada &amp; Bea");
  expect(ownScript("/sw.js")).toBe("/sw.js");
  expect(() => ownScript("https://example.org/evil.js")).toThrow();
});
