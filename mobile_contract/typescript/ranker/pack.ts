/** A pack, loaded: what it needs to exclude, score and explain candidates. */

import { chanceOf, checkCalibration, type CalibrationParts } from "./calibration.ts";
import type { LineParts, PackDocument } from "./document.ts";
import type { Inputs } from "./inputs.ts";
import { Compiler, type Step } from "./language.ts";
import { INPUTS, LANGUAGE, RULES_PACK } from "./rules.ts";
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
const MOST_BYTES = 8_000_000;

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
      this.rules = document.rules.map(([name, excludes, text, change]) => ({
        name, text, change, excludes: this.compiler.compile(excludes),
      }));
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

/**
 * Unfolds a pack. Throws a PackError when it is not whole, not for this app, or not the one announced:
 * `expected` is what the manifest said of it, `set` what it must read.
 */
export async function loadPack(
  bytes: Uint8Array, expected: { version?: string; sha256?: string } = {}, set: InputSet = PEOPLE,
): Promise<Pack> {
  const unfolding = unfolded(bytes); // meanwhile; nothing of it is looked at before the hash is right
  unfolding.catch(() => undefined); // it is told where it is awaited
  const sha256 = await sha256Of(bytes);
  if (expected.sha256 !== undefined && expected.sha256 !== sha256) {
    throw new PackError("pack-not-as-announced", "its bytes have another SHA-256");
  }
  const document = await documentOf(unfolding);
  if (expected.version !== undefined && expected.version !== document.version) {
    throw new PackError("pack-renamed", `it calls itself ${document.version}`);
  }
  return new Pack(document, sha256, set);
}

async function sha256Of(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.slice()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function documentOf(unfolding: Promise<string>): Promise<PackDocument> {
  let document: unknown;
  try {
    document = JSON.parse(await unfolding);
  } catch (error) {
    if (error instanceof PackError) throw error;
    throw new PackError("pack-corrupt", "it is not gzipped JSON");
  }
  if (typeof document !== "object" || document === null) throw new PackError("pack-schema", "it is no pack");
  return document as PackDocument;
}

async function unfolded(bytes: Uint8Array): Promise<string> {
  const { readable, writable } = new DecompressionStream("gzip");
  feed(writable.getWriter(), bytes.slice()).catch(() => undefined); // the reader hears of it, too
  const reader = readable.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  for (let read = 0; ; ) {
    const { done, value } = await reader.read();
    if (done && read !== lengthIn(bytes)) throw new PackError("pack-corrupt", "it has something after its end");
    if (done) return text + decoder.decode();
    read += value.length;
    if (read > MOST_BYTES) {
      await reader.cancel();
      throw new PackError("pack-too-large", "it unfolds to too much");
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** In one piece: a stream of its own for the bytes would take longer than what it carries. */
async function feed(writer: WritableStreamDefaultWriter<BufferSource>, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await Promise.all([writer.write(bytes), writer.close()]);
}

/** How much a gzip file says, in its last four bytes, that it unfolds to; some engines read on after its end. */
function lengthIn(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(bytes.byteLength - 4, true);
}

function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}
