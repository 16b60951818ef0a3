/** A pack as JSON; `ml/models/artifact.py` writes it. */

import type { CalibrationParts } from "./calibration.ts";
import type { Program, Table } from "./language.ts";
import type { TreeParts } from "./planting.ts";

/** [when it is true, the sentence, 1 or -1 when it is only said for or only against, else 0]. */
export type LineParts = [Program, string, number];

export interface PackDocument {
  format: string;
  version: string;
  /** The day up to which it learned. */
  as_of: string | null;
  /** The hash of the inputs and operations that it needs. */
  language: string;
  schema: string;
  tables: Record<string, Table>;
  values: [string, Program][];
  /** [name, family, program]. */
  features: [string, string, Program][];
  /** [name, program that excludes, sentence, what would change it]. */
  rules: [string, Program, string, string | null][];
  /** [name, sentences, what would change it]. */
  families: [string, LineParts[], LineParts[]][];
  linear: { weights: number[]; means: number[]; intercept: number };
  trees: TreeParts[];
  /** What `chanceOf` reads chances off; null when nobody fitted that. */
  calibration: CalibrationParts | null;
}
