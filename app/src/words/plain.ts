/** Small words: plurals, money, lists, a first letter. */

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
}

/** What one session costs: "Free", "50p", "£2.50". */
export function moneyWords(pence: number): string {
  if (pence === 0) return "Free";
  if (pence < 100) return `${pence}p`;
  return pence % 100 === 0 ? `£${pence / 100}` : `£${(pence / 100).toFixed(2)}`;
}

/** What a time bank asks for: "1 time credit (about 60 minutes)". */
export function creditWords(minutes: number): string {
  return `${count(Math.round(minutes / 6) / 10, "time credit")} (about ${minutes} minutes)`;
}

/** "a, b and c". */
export function listWords(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Birth date" for birth_on: a field's name as words, when it has none of its own. */
export function fieldWords(field: string): string {
  return FIELD_WORDS[field] ?? capital(field.replace(/_(on|at|id|pence)$/, "").replaceAll("_", " "));
}

const FIELD_WORDS: { readonly [field: string]: string } = {
  given_name: "First name",
  family_name: "Last name",
  birth_on: "Date of birth",
  phone: "Phone number",
  email: "E-mail",
  what_matters: "What matters",
  access_needs: "What they need to take part",
  max_km: "How far they can travel",
  travel: "How they get about",
  availability: "When they can go",
  budget_pence: "What they can pay",
  status: "Status",
  share_with_providers: "What may be shared",
  keep_record: "Keeping a record",
  use_for_improvement: "Helping to improve Kith",
  do_not_contact: "Do not contact",
  channel: "Best way to reach them",
};

/** How much room something takes: "240 kB", "1.2 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
