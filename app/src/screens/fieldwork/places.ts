/** The addresses of the doorstep: ids and numbers alone. */

import { at } from "../../router.ts";

export const toRounds = (): string => at("doorstep");
export const toRound = (id: string): string => at("doorstep", "rounds", id);
export const toNewRound = (): string => at("doorstep", "rounds", "new");
export const toEditRound = (id: string): string => at("doorstep", "rounds", id, "edit");
export const toStretch = (id: string, first: number): string => at("doorstep", "rounds", id, "from", String(first));
export const toDoor = (id: string): string => at("doorstep", "doors", id);
export const toSurvey = (id: string, page?: string): string => at("doorstep", "doors", id, "survey", ...(page ? [page] : []));
