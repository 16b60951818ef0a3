/** What sync has to tell a person: what stays away, a phone that is full, a clock that is wrong. */

import { count, listWords } from "./plain.ts";

/** Sets of records in words, by the first part of the scope's name. */
const SCOPE_WORDS: { readonly [set: string]: string } = {
  caseload: "the people of a team", centre: "a centre's tasks", directory: "groups and services of an area", tasks: "open tasks of an area",
  volunteer: "your own tasks",
};

/** "the people of a team (north)": a set of records as a person would name it. */
export function scopeWords(scope: string): string {
  const [set = "", ...rest] = scope.split(":");
  return `${SCOPE_WORDS[set] ?? set.replaceAll("_", " ")} (${rest.join(":").replaceAll("-", " ")})`;
}

/** What did not fit, by name; null when everything did. */
export function fullWords(away: readonly string[]): string | null {
  if (!away.length) return null;
  return `This phone is full. These stay away until somebody gives you fewer records: ${listWords(away.map(scopeWords))}. All else goes on as usual`;
}

export function crowdedWords(records: number | null): string | null {
  return records === null ? null : `This phone holds ${count(records, "record")}, which makes it slow. Ask whether you need them all`;
}

/** Words for a wrong clock; `offset` is the right time less the phone's, in milliseconds. */
export function clockWords(offset: number | null): string | null {
  if (offset === null) return null;
  return `This phone's clock is ${lengthWords(Math.abs(offset))} ${offset > 0 ? "slow" : "fast"}. Set it right in the phone's settings, so that your work has the right dates`;
}

function lengthWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return count(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 48 ? count(hours, "hour") : count(Math.round(hours / 24), "day");
}

/** What happens now to a change that was not taken, by what a program should do next. */
export function refusalWords(remedy: string): string {
  if (remedy === "fix") return "Look at it again and change what it asks for.";
  return "Nothing is lost: what you wrote is kept safe, and whoever is responsible for this record now can look at it. If they take it, this message goes.";
}
