import { expect, test } from "vitest";
import { lost } from "../scripts/precache.ts";

const files = ["assets/index-1.js", "assets/snapshots-2.js", "assets/verify-3.js", "assets/style-4.css"];
const keeping = (...names: string[]): string => `precacheAndRoute([${names.map((url) => `{url:"${url}",revision:null}`).join()}])`;

test("a build whose service worker keeps every part is good", () => {
  expect(lost(keeping(...files), files)).toEqual([]);
});

test("a part that is loaded late and not kept, or is not there at all, is named", () => {
  expect(lost(keeping(...files.slice(0, 2)), files)).toEqual(["assets/verify-3.js", "assets/style-4.css"]);
  expect(lost(keeping(...files), files.filter((name) => !name.includes("verify")))).toEqual(["verify"]);
});

test("a worker that would take in another script is none, as the security policy refuses that", () => {
  expect(lost(`importScripts("/more.js");${keeping(...files)}`, files)).toEqual(["importScripts"]);
});
