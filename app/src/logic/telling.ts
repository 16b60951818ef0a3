/** Whom to tell that what they go to is off: until a later note says that they were spoken to. */

interface Notice {
  readonly doc: { readonly person_id: string; readonly status: string; readonly noticed_at: string };
}

interface Note {
  readonly doc: { readonly person_id: string; readonly type: string; readonly text: string; readonly written_at: string };
}

/**
 * What is still to be told. `unanswered` are the beginnings of a note on a call or visit that reached nobody. That something
 * is on after all is told to the end: nobody knows which of the two a note was about.
 */
export function stillToTell<N extends Notice>(notices: readonly N[], notes: readonly Note[], unanswered: readonly string[]): N[] {
  const spokenTo = new Map<string, string>();
  for (const { doc } of notes) {
    if (doc.type === "note" || unanswered.some((words) => doc.text.startsWith(words))) continue;
    if ((spokenTo.get(doc.person_id) ?? "") < doc.written_at) spokenTo.set(doc.person_id, doc.written_at);
  }
  return notices.filter(({ doc }) => doc.status !== "active" || doc.noticed_at > (spokenTo.get(doc.person_id) ?? ""));
}
