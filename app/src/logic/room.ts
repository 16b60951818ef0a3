/** Whether something failed because the phone has no room left. */

const NO_ROOM = /QuotaExceeded/;

/** Looks through what browsers and libraries wrap around it; of a text, whether it names that failure. */
export function isNoRoom(reason: unknown, depth = 0): boolean {
  if (typeof reason === "string") return NO_ROOM.test(reason);
  if (typeof reason !== "object" || reason === null || depth > 3) return false;
  const { name, message, inner, cause } = reason as { name?: unknown; message?: unknown; inner?: unknown; cause?: unknown };
  return [name, message].some((text) => typeof text === "string" && NO_ROOM.test(text)) || isNoRoom(inner, depth + 1) || isNoRoom(cause, depth + 1);
}
