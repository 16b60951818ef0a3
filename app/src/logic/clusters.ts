/** Pins that would lie on one another become one, so that each can be tapped. */

export interface Pin {
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

export interface Cluster {
  readonly x: number;
  readonly y: number;
  /** In the order of the list. */
  readonly numbers: readonly number[];
}

/** Gather pins nearer than `gap` to the first of their cluster, the pins of the lowest numbers first. */
export function clusters(pins: readonly Pin[], gap: number): Cluster[] {
  const made: { x: number; y: number; numbers: number[] }[] = [];
  for (const { number, x, y } of [...pins].sort((a, b) => a.number - b.number)) {
    const near = made.find((one) => Math.hypot(one.x - x, one.y - y) < gap);
    if (near) near.numbers.push(number);
    else made.push({ x, y, numbers: [number] });
  }
  return made;
}

const MOST_NAMED = 2;

/** What a pin says: "3", "3, 5", "3, 5 +4". */
export function pinText(numbers: readonly number[]): string {
  const rest = numbers.length - MOST_NAMED;
  return numbers.slice(0, MOST_NAMED).join(", ") + (rest > 0 ? ` +${rest}` : "");
}

/** Lines of a grid at least `least` pixels apart, in metres: 100 m, 200 m, 500 m, 1 km and so on. */
export function gridStep(metresPerPixel: number, least: number): number {
  const wanted = metresPerPixel * least;
  const ten = 10 ** Math.floor(Math.log10(Math.max(wanted, 1)));
  return Math.max(100, ([1, 2, 5, 10].find((step) => step * ten >= wanted) ?? 10) * ten);
}

/** Places for a word beside a dot, in pixels from it: below, above, before, after. */
const SIDES: readonly (readonly [number, number])[] = [[0, 24], [0, -24], [-44, 0], [44, 0]];

/** Where a word beside a dot is farthest from every pin. */
export function beside(dot: { readonly x: number; readonly y: number }, pins: readonly Cluster[]): readonly [number, number] {
  const room = ([x, y]: readonly [number, number]): number => Math.min(Infinity, ...pins.map((pin) => Math.hypot((pin.x - dot.x - x) / 2, pin.y - dot.y - y)));
  return SIDES.reduce((best, side) => (room(side) > room(best) ? side : best));
}
