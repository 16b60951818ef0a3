/** A pack, loaded: what it needs to exclude, score and explain candidates. */

import { chanceOf, checkCalibration, type CalibrationParts } from "./calibration.ts";
import type { LineParts, PackDocument } from "./document.ts";
import type { Inputs } from "./inputs.ts";
import { Compiler, type Step } from "./language.ts";
import { INPUTS, LANGUAGE, RULES_PACK } from "./rules.ts";
import { Needed, namesIn } from "./needed.ts";
import { told } from "./sentences.ts";
import { checkShape } from "./shape.ts";
import { Forest } from "./walker.ts";

export type PackProblem =
  | "pack-corrupt"
  | "pack-too-large"
  | "pack-not-as-announced"
  | "pack-renamed"
  | "pack-schema"
  | "pack-malformed";

/** A pack that must not rank, and why. */
export class PackError extends Error {
  override readonly name = "PackError";
  readonly slug: PackProblem;

  constructor(slug: PackProblem, detail: string) {
    super(`${slug}: ${detail}`);
    this.slug = slug;
  }
}

export interface Rule {
  name: string;
  excludes: Step;
  text: string;
  change: string | null;
  /** The values that it reads and no rule before it does; and those that its sentences tell besides. */
  reads: readonly number[];
  tells: readonly number[];
}

export interface Line {
  when: Step;
  text: string;
  sign: number;
}

export interface Family {
  name: string;
  lines: Line[];
  changes: Line[];
}

/** What a feature set reads: its inputs by name, and the hash of them and of the operations. */
export interface InputSet {
  inputs: readonly string[];
  language: string;
}

/** What suits a person with a referral; volunteers have a set of their own. */
export const PEOPLE: InputSet = { inputs: INPUTS, language: LANGUAGE };

const FORMAT = "kith-pack/1";

/** Programs compiled, trees unfolded. */
export class Pack {
  readonly version: string;
  readonly asOf: string | null;
  /** Of its bytes; null for the rules that come with the app. */
  readonly sha256: string | null;
  readonly rules: Rule[];
  readonly families: Family[];
  readonly familyOf: string[];
  readonly means: Float64Array;
  private readonly weights: Float64Array;
  private readonly intercept: number;
  private readonly forest: Forest;
  private readonly calibration: CalibrationParts | null;
  private readonly values: [number, Step][];
  /** The values that no rule reads. */
  private readonly rest: readonly number[];
  private readonly features: Step[];
  private readonly compiler: Compiler;
  private readonly inputs: readonly string[];

  /** Throws a PackError when the document is not a pack for this app. */
  constructor(document: PackDocument, sha256: string | null, set: InputSet = PEOPLE) {
    if (document.format !== FORMAT || document.language !== set.language) {
      throw new PackError("pack-schema", "it was made for another version of the ranker");
    }
    try {
      checkShape(document);
      const { weights, means, intercept } = document.linear;
      this.version = String(document.version);
      this.asOf = document.as_of;
      this.sha256 = sha256;
      this.inputs = set.inputs;
      this.compiler = new Compiler(set.inputs, document.tables);
      this.values = document.values.map(([name, program]) => {
        const step = this.compiler.compile(program);
        return [this.compiler.slot(name), step];
      });
      this.features = document.features.map(([, , program]) => this.compiler.compile(program));
      this.familyOf = document.features.map(([, family]) => family);
      const needed = new Needed(document.values);
      this.rules = document.rules.map(([name, excludes, text, change]) => ({
        name, text, change, excludes: this.compiler.compile(excludes), reads: needed.new(namesIn(excludes)),
        tells: needed.besides([...told(text), ...(change === null ? [] : told(change))]),
      }));
      this.rest = needed.new(document.values.map(([name]) => name));
      this.families = document.families.map(([name, lines, changes]) => ({
        name, lines: lines.map((line) => this.lineOf(line)), changes: changes.map((line) => this.lineOf(line)),
      }));
      this.weights = new Float64Array(weights);
      this.means = new Float64Array(means);
      this.intercept = intercept;
      this.forest = new Forest(document.trees, this.features.length);
      this.calibration = document.calibration;
      if (this.calibration !== null) checkCalibration(this.calibration);
    } catch (error) {
      throw new PackError("pack-malformed", String(error));
    }
  }

  /** Works out every value of a pair from its inputs; what is left out of both is missing. */
  known(query: Inputs, candidate: Inputs): Float64Array {
    const known = new Float64Array(this.compiler.size);
    for (let place = 0; place < this.inputs.length; place++) {
      const name = this.inputs[place] ?? "";
      known[place] = candidate[name] ?? query[name] ?? NaN;
    }
    for (const [place, step] of this.values) known[place] = step(known);
    return known;
  }

  /** What is known of every pair of a query: its inputs, before a candidate's are put beside them. */
  asked(query: Inputs): Float64Array {
    const known = new Float64Array(this.compiler.size).fill(NaN);
    for (let place = 0; place < this.inputs.length; place++) known[place] = query[this.inputs[place] ?? ""] ?? NaN;
    return known;
  }

  /**
   * Puts a pair together in `known`, of the size of `asked`, and gives the first rule that excludes it. What is excluded,
   * as most candidates are, has no values but those that the rules before and its sentences read; else all are worked out.
   */
  judge(asked: Float64Array, candidate: Float64Array, known: Float64Array): Rule | undefined {
    known.set(asked);
    for (let place = 0; place < candidate.length; place++) {
      const value = candidate[place] as number;
      if (value === value) known[place] = value;
    }
    for (const rule of this.rules) {
      this.work(rule.reads, known);
      if (!(rule.excludes(known) > 0)) continue;
      this.work(rule.tells, known);
      return rule;
    }
    this.work(this.rest, known);
    return undefined;
  }

  private work(values: readonly number[], known: Float64Array): void {
    for (let n = 0; n < values.length; n++) {
      const [place, step] = this.values[values[n] as number] as [number, Step];
      known[place] = step(known);
    }
  }

  /** The value called `name`. */
  value(known: Float64Array, name: string): number {
    return known[this.compiler.slot(name)] ?? NaN;
  }

  /** The features of a pair whose values are known. */
  row(known: Float64Array): Float64Array {
    const row = new Float64Array(this.features.length);
    for (let i = 0; i < row.length; i++) row[i] = this.features[i]?.(known) ?? NaN;
    return row;
  }

  /** The first rule that excludes a pair. */
  firstRule(known: Float64Array): Rule | undefined {
    return this.rules.find((rule) => rule.excludes(known) > 0);
  }

  /** The linear part from left to right, then the trees' sum added to it. */
  score(row: Float64Array): number {
    return this.linear(row) + this.forest.score(row);
  }

  /** The chance that a score stands for; null when nobody fitted that. */
  chance(score: number): number | null {
    return this.calibration && chanceOf(this.calibration, score);
  }

  /** The score of a typical candidate, to which contributions add. */
  get base(): number {
    return this.linear(this.means) + this.forest.base;
  }

  /** What each feature added to the score. */
  contributions(row: Float64Array): Float64Array {
    const paths = new Float64Array(row.length);
    this.forest.contribute(row, paths);
    return paths.map((path, i) => (orZero(row[i]) - (this.means[i] ?? 0)) * (this.weights[i] ?? 0) + path);
  }

  private linear(row: Float64Array): number {
    let total = this.intercept;
    for (let i = 0; i < row.length; i++) total += orZero(row[i]) * (this.weights[i] ?? 0);
    return total;
  }

  private lineOf([when, text, sign]: LineParts): Line {
    return { when: this.compiler.compile(when), text, sign };
  }
}

/** The plain rules that rank when no pack can. */
export function rulesPack(): Pack {
  return new Pack(RULES_PACK, null);
}

function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}
