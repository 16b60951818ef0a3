/** What sync has to tell a person: what stays away, a phone that is full, a clock that is wrong, when it tries again. */

import { type AttentionEntry, type Problem, slugOf } from "@contract/sync/index.ts";
import { mayHelp } from "../logic/again.ts";
import en from "./en/sync.json";
import { listWords, minutesWords } from "./plain.ts";
import { numberWords, t } from "./t.ts";

/** "the people of a team (north)": a set of records as a person would name it. */
function scopeWords(scope: string): string {
  const which = scope.split(":").slice(1).join(":").replaceAll("-", " ");
  return t("sync.sets.scope", { what: setWords(scope), which });
}

function setWords(scope: string): string {
  const [set = ""] = scope.split(":");
  const known = set !== "scope" && Object.hasOwn(en.sets, set);
  return known ? t(`sync.sets.${set as Exclude<keyof typeof en.sets, "scope">}`) : set.replaceAll("_", " ");
}

/** What has left this phone, each sort once: of which team or hub it was, the person knows. */
export function takenWords(scopes: readonly string[]): string {
  return t("sync.taken.text", { what: listWords([...new Set(scopes.map(setWords))]) });
}

/** What did not fit, by name; null when everything did. */
export function fullWords(away: readonly string[]): string | null {
  return away.length === 0 ? null : t("sync.told.full", { what: listWords(away.map(scopeWords)) });
}

export function crowdedWords(records: number | null): string | null {
  return records === null ? null : t("sync.told.crowded", { count: records });
}

/** Words for a wrong clock; `offset` is the right time less the phone's, in milliseconds. */
export function clockWords(offset: number | null): string | null {
  return offset === null ? null : t(offset > 0 ? "sync.told.slow" : "sync.told.fast", { time: lengthWords(Math.abs(offset)) });
}

/** When Kith tries again by itself; null when there is nothing to try again, or the moment has passed. */
export function againWords(retryAt: number | null, now: number): string | null {
  if (retryAt === null || retryAt <= now) return null;
  const ms = retryAt - now;
  return ms < 60_000 ? t("sync.state.againSoon") : t("sync.state.again", { time: lengthWords(ms) });
}

function lengthWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return minutesWords(minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? t("plain.hours", { count: hours }) : t("plain.days", { count: Math.round(hours / 24) });
}

/** "158 bytes": what is too small for kilobytes. */
export function bytesWords(bytes: number): string {
  return numberWords(bytes, { style: "unit", unit: "byte", unitDisplay: "long" });
}

/** What happens now to a change that was not taken. Of a deed that came too late nothing was written that could be kept. */
export function refusalWords({ command, problem }: Pick<AttentionEntry, "command" | "problem">): string | null {
  if (problem.remedy === "fix") return t("sync.refused.fix");
  if (command === null) return t("sync.refused.kept");
  return Object.keys(command.args).length === 0 && !asksMore(problem) ? t("sync.refused.nothing") : null;
}

/** Something has moved in spite of it, or can be put right: the problem says by whom. */
function asksMore(problem: Problem): boolean {
  return mayHelp(problem) || slugOf(problem) === "exchange-settled";
}
