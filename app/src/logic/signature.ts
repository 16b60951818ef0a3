/** A signature: the lines that were drawn, or a name that was typed and ticked by who cannot draw. */

/** Where a line goes, in thousandths of the width: x then y, one after the other. */
export type Line = readonly number[];

export interface Signature {
  readonly lines: readonly Line[];
  readonly typed: string;
  readonly ticked: boolean;
  /** The words that stood above it when it was given; empty until then. */
  readonly under: string;
}

export const UNSIGNED: Signature = { lines: [], typed: "", ticked: false, under: "" };

/** The paper: three times as wide as it is high, in thousandths of its width. */
export const PAPER = { width: 1000, height: 400 } as const;

/** Fewer points than this are a slip of the finger. */
const LEAST_POINTS = 4;

export function hasMark({ lines, typed, ticked }: Signature): boolean {
  return lines.reduce((sum, line) => sum + line.length / 2, 0) >= LEAST_POINTS || (typed.trim() !== "" && ticked);
}

/** Whoever signed did so under exactly these words. */
export function signs(signature: Signature, under: string): boolean {
  return hasMark(signature) && signature.under === under;
}

/** What remains of a signature under these words: all of it, or, under others than it was given, nothing but what those were. */
export function stillUnder(signature: Signature, under: string): Signature {
  return signature.under === under ? signature : { ...UNSIGNED, under: signature.under };
}

/** There was a signature, under other words than these. */
export function isOutdated(signature: Signature, under: string): boolean {
  return signature.under !== "" && signature.under !== under;
}

/** A point of the paper, kept within it. */
export function pointOn(x: number, y: number): [number, number] {
  const within = (value: number, most: number): number => Math.round(Math.min(Math.max(value, 0), most));
  return [within(x, PAPER.width), within(y, PAPER.height)];
}

/** A line with another point, unless it lies on the last. */
export function longer(line: Line, x: number, y: number): Line {
  return line.at(-2) === x && line.at(-1) === y ? line : [...line, x, y];
}

/** The lines as the path of a drawing: a single point is a dot. */
export function pathOf(lines: readonly Line[]): string {
  return lines.map((line) => {
    const points = Array.from({ length: line.length / 2 }, (_, n) => `${line[2 * n]} ${line[2 * n + 1]}`);
    return `M${points[0]}L${(points.length > 1 ? points.slice(1) : points).join("L")}`;
  }).join("");
}
