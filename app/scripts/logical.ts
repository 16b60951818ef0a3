/** Turns left and right of style sheets into start and end, so that the whole app mirrors where a language runs from right to left. */

interface Declaration {
  prop: string;
  value: string;
  readonly parent?: object | undefined;
}

const SIDES: { readonly [side: string]: string } = { left: "start", right: "end" };
const SIDED = /^(margin|padding|border)-(left|right)(-(?:width|style|color))?$/;
const ALIGNED = ["text-align", "float", "clear", "justify-content"];
/** A map is drawn by coordinates: its left is the left of the paper in every language. */
const DRAWN = /leaflet/;

/** The property as it is said by start and end; the same where it names no side. */
export function logicalName(prop: string): string {
  if (prop in SIDES) return `inset-inline-${SIDES[prop]}`;
  const [, box, side = "", part = ""] = SIDED.exec(prop) ?? [];
  return box ? `${box}-inline-${SIDES[side]}${part}` : prop;
}

/** The value as it is said by start and end. */
export function logicalValue(prop: string, value: string): string {
  if (!ALIGNED.includes(prop)) return value;
  const inline = prop === "float" || prop === "clear" ? "inline-" : "";
  return value.replace(/^(left|right)$/, (side) => `${inline}${SIDES[side]}`);
}

/** Four lengths of which left and right differ, as two declarations; null for all others. */
export function fourSides(prop: string, value: string): readonly (readonly [string, string])[] | null {
  const parts = value.replace(/\s*!important$/, "").match(/(?:[^\s(]|\([^()]*(?:\([^()]*\)[^()]*)*\))+/g) ?? [];
  const [top, right, bottom, left] = parts;
  if ((prop !== "margin" && prop !== "padding") || parts.length !== 4 || right === left) return null;
  return [[`${prop}-block`, `${top} ${bottom}`], [`${prop}-inline`, `${left} ${right}`]];
}

function selectorOf(rule: object | undefined): string {
  return rule && "selector" in rule && typeof rule.selector === "string" ? rule.selector : "";
}

/** A plugin for PostCSS. */
export const logical = {
  postcssPlugin: "kith-logical",
  Declaration(declaration: Declaration & { cloneBefore(change: object): void; remove(): void }): void {
    if (DRAWN.test(selectorOf(declaration.parent))) return;
    const four = fourSides(declaration.prop, declaration.value);
    if (four) {
      for (const [prop, value] of four) declaration.cloneBefore({ prop, value });
      declaration.remove();
      return;
    }
    const [prop, value] = [logicalName(declaration.prop), logicalValue(declaration.prop, declaration.value)];
    if (prop !== declaration.prop) declaration.prop = prop;
    if (value !== declaration.value) declaration.value = value;
  },
};
