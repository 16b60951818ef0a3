/** Server-sent events (WHATWG HTML, section 9.2) out of text that comes in pieces. */

export interface SentEvent {
  event: string;
  data: string;
  /** Null when the event names none. */
  id: string | null;
}

export interface Hints {
  /** Milliseconds after which the server would have the client come back; null until it says. */
  retry: number | null;
}

/** Gives each event when it is whole; notes in `hints` when to come back. What is left at the end is no event. */
export async function* sentEvents(chunks: AsyncIterable<string>, hints: Hints): AsyncGenerator<SentEvent> {
  let rest = "";
  let fields: [string, string][] = [];
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    for (const line of lines) {
      if (line) fields.push(fieldOf(line));
      else {
        const event = eventOf(fields, hints);
        fields = [];
        if (event) yield event;
      }
    }
  }
}

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(":");
  if (colon < 0) return [line, ""];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
}

function eventOf(fields: [string, string][], hints: Hints): SentEvent | null {
  const data: string[] = [];
  const event: SentEvent = { event: "message", data: "", id: null };
  for (const [name, value] of fields) {
    if (name === "data") data.push(value);
    else if (name === "event") event.event = value;
    else if (name === "id") event.id = value;
    else if (name === "retry" && /^\d+$/.test(value)) hints.retry = Number(value);
  }
  return data.length ? { ...event, data: data.join("\n") } : null;
}
