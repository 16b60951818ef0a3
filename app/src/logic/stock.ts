/** What a hub has on its shelves, what waits on this phone to be sent included. */

import type { ItemDoc, MovementDoc } from "@generated/contract.ts";
import { addDays } from "../words/dates.ts";

export const REASONS: { readonly [T in MovementDoc["type"]]: readonly MovementDoc["reason"][] } = {
  in: ["donated", "bought", "returned", "received"],
  out: ["handed_out", "lent", "passed_on", "expired", "damaged", "lost"],
  correction: ["counted", "mistake"],
};

interface Movement {
  readonly pending: boolean;
  readonly doc: Pick<MovementDoc, "item_id" | "type" | "quantity">;
}

export interface Shelf {
  /** Units there. */
  readonly there: number;
  /** Of these nobody has been promised. */
  readonly free: number;
  readonly isLow: boolean;
  readonly isOld: boolean;
}

const SOON_DAYS = 14;

/** The server counts what it has heard of; what this phone has not sent yet is put on top. */
export function shelfOf(id: string, doc: Pick<ItemDoc, "stock" | "held" | "low_at" | "expires_on">, movements: readonly Movement[], today: string): Shelf {
  const unsent = movements.filter((one) => one.pending && one.doc.item_id === id);
  const there = doc.stock + unsent.reduce((sum, one) => sum + signed(one.doc), 0);
  return {
    there, free: there - doc.held, isLow: doc.low_at !== null && there <= doc.low_at,
    isOld: doc.expires_on !== null && doc.expires_on <= addDays(today, SOON_DAYS),
  };
}

function signed({ type, quantity }: Pick<Movement["doc"], "type" | "quantity">): number {
  return type === "out" ? -quantity : quantity;
}

/** The movement that a form asks for: what came, went, or was counted; null when nothing moves, or less would stay than is kept for somebody. */
export function quantityFor(type: MovementDoc["type"], typed: string, { there, free }: Pick<Shelf, "there" | "free">): number | null {
  if (!/^\d{1,6}$/.test(typed.trim())) return null;
  const n = Number(typed);
  const quantity = type === "correction" ? n - there : n;
  if (quantity === 0 || Math.abs(quantity) > 100_000) return null;
  return type !== "in" && free + signed({ type, quantity }) < 0 ? null : quantity;
}
