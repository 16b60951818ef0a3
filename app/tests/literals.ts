/** Finds the text for people that stands in the code instead of in the catalogue. */

import { parseAst } from "vite";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** Attributes whose words a person reads or hears. */
const READ = new Set([
  "title", "label", "hint", "aria-label", "aria-description", "aria-roledescription", "summary", "backText", "caption", "placeholder", "alt", "text", "what", "said", "legend",
]);
const LETTER = /\p{L}/u;
/** Two words beside each other, as in a sentence; names of classes, selectors and the like have other signs in them. */
const SENTENCE = /^[^<>{}=;_#|\\[\]]*\p{L}{2,}[,.:!?’']* \p{L}+[^<>{}=;_#|\\[\]]*$/u;
const CAPITAL = /^\p{Lu}\p{Ll}+$/u;
const NAMES = new Set(["Kith"]);
/** Names of the catalogue, of classes and of media, by which programs call things. */
const CALLED = /^[\w-]+(\.[\w-]+)+$|(^|\s)(kith|nhsuk|leaflet)-|^\([a-z-]+:/;
/** Keys of a keyboard, classes of the platform and the like, by which programs call things. */
const CODES = /^(Escape|Enter|Tab|Home|End|Backspace|Delete|Shift|Control|Event|Content|Accept|Authorization|Android|Linux|Windows|Chrome|Firefox|Safari|Edge|Error|Infinity|Bearer|Math|Object|Array|Map|Set|Date|Blob|Uint8Array)$/;
/** What these take is for programs and those who mend them. */
const UNREAD_CALLS = /(^|\.)(Error|PackError|TypeError|RangeError|querySelector|querySelectorAll|closest|matches|warn|error|getContext|addEventListener|removeEventListener|createElementNS|deriveKey|importKey|setAttribute)$/;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function childrenOf(node: Node): [string, Node][] {
  return Object.entries(node).flatMap(([field, value]): [string, Node][] =>
    Array.isArray(value) ? value.filter(isNode).map((one): [string, Node] => [field, one]) : isNode(value) ? [[field, value]] : []);
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return "";
  if (node.type === "MemberExpression") return `${nameOf(node["object"])}.${nameOf(node["property"])}`;
  return typeof node["name"] === "string" ? node["name"] : nameOf(node["name"]);
}

/** Whether nobody reads what stands under this node. */
function isUnread(node: Node): boolean {
  if (/^(Import|Export(All|Named)?Declaration$)/.test(node.type)) return node["declaration"] == null;
  if (/^TS(?!As|Satisfies|NonNull)/.test(node.type)) return true;
  if (node.type === "JSXAttribute") return ["class", "className", "d", "viewBox", "points", "type", "name", "id", "key", "rel", "role", "autocomplete", "lang", "inputMode", "icon"].includes(nameOf(node));
  return (node.type === "CallExpression" || node.type === "NewExpression") && UNREAD_CALLS.test(nameOf(node["callee"]));
}

function textsOf(node: Node): string[] {
  if (node.type === "JSXText") return [String(node["value"])];
  if (node.type === "Literal" && typeof node["value"] === "string") return [node["value"]];
  if (node.type === "TemplateElement") return [String((node["value"] as { cooked: string }).cooked)];
  return [];
}

function isForPeople(text: string, isRead: boolean): boolean {
  const trimmed = text.trim();
  if (NAMES.has(trimmed) || CALLED.test(trimmed) || !LETTER.test(trimmed)) return false;
  return isRead || SENTENCE.test(trimmed) || (CAPITAL.test(trimmed) && !CODES.test(trimmed));
}

/** Each text for people in a source of TypeScript, as it stands there. */
export function literals(source: string): string[] {
  const found: string[] = [];
  const visit = (node: Node, isRead: boolean): void => {
    if (isUnread(node)) return;
    const read = node.type === "JSXText" || (node.type === "JSXAttribute" && READ.has(nameOf(node))) || (isRead && /Literal|TemplateElement|JSXExpressionContainer|ConditionalExpression|LogicalExpression/.test(node.type));
    for (const text of textsOf(node)) if (isForPeople(text, read)) found.push(text.trim());
    for (const [field, child] of childrenOf(node)) if (field !== "key" && field !== "test") visit(child, read);
  };
  visit(parseAst(source, { lang: "tsx" }) as unknown as Node, false);
  return found;
}
