/** Which PINs will do: long enough, and none of those that a stranger would try first. */

const SHORTEST = 6;
export const LONGEST = 12;

export type PinFault = "digits" | "short" | "long" | "obvious" | "different";

/** What is wrong with a new PIN that was typed twice; null when it will do. */
export function faultOf(pin: string, again: string): PinFault | null {
  if (!/^\d*$/.test(pin)) return "digits";
  if (pin.length < SHORTEST) return "short";
  if (pin.length > LONGEST) return "long";
  if (isObvious(pin)) return "obvious";
  return pin === again ? null : "different";
}

/** One digit or two over and over, a run of digits, the same half twice, or a date. */
export function isObvious(pin: string): boolean {
  return new Set(pin).size <= 2 || isRun(pin) || isRepeated(pin) || isDate(pin);
}

/** Each digit is as far from the one before it as the others are: 123456, 987654, 246802. */
function isRun(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10);
  return new Set(steps).size === 1;
}

function isRepeated(pin: string): boolean {
  return [2, 3, 4, 6].some((size) => pin.length % size === 0 && pin.length > size && pin === pin.slice(0, size).repeat(pin.length / size));
}

/** A day of this century or the last: 070351, 510307, 07031951, 19510307. */
function isDate(pin: string): boolean {
  if (pin.length === 6) return isDay(pin.slice(0, 2), pin.slice(2, 4)) || isDay(pin.slice(4), pin.slice(2, 4));
  if (pin.length !== 8) return false;
  const years = /^(19|20)/;
  return (years.test(pin.slice(4)) && isDay(pin.slice(0, 2), pin.slice(2, 4))) || (years.test(pin) && isDay(pin.slice(6), pin.slice(4, 6)));
}

function isDay(day: string, month: string): boolean {
  const [d, m] = [Number(day), Number(month)];
  return d >= 1 && d <= 31 && m >= 1 && m <= 12;
}
