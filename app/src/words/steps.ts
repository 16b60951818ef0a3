/** The question of each page of a new referral. */

import type { Step } from "../logic/wizard.ts";

export const TITLES: { readonly [S in Step]: string } = {
  who: "Who is this referral for?",
  name: "What is their name?",
  alike: "Do you already support this person?",
  home: "How do we reach them?",
  matters: "What matters to them?",
  needs: "What would help?",
  main: "Which matters most?",
  travel: "How do they get about?",
  times: "When can they go?",
  access: "What do they need to take part?",
  kind: "What would suit them?",
  referrer: "Who asked for this?",
  consent: "What have they agreed to?",
  check: "Check your answers",
};
