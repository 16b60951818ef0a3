/** Rules that a phone asks while it is offline, and the server asks again. */

export { heldOn, lacking } from "./qualified.ts";
export { asked, choices, holds, questionsOf, wrongAnswers, type Answers, type Question } from "./survey.ts";
