/** A calendar file made on the phone: what the phone's own calendar takes, without a signal and without a server. */

export interface Entry {
  /** Stays the same, so that a file taken twice is one entry. */
  readonly uid: string;
  readonly on: string;
  readonly from: string;
  readonly until: string;
  readonly title: string;
  readonly where: string | null;
  readonly isOff: boolean;
}

/** RFC 5545. made : UTC instant. Times are of clocks in the United Kingdom, told as local times, as everybody there reads them. */
export function calendarText(entries: readonly Entry[], made: string): string {
  const stamp = made.replace(/[-:]/g, "").replace(/\.\d+/, "");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kith//Kith//EN", ...entries.flatMap((entry) => eventLines(entry, stamp)), "END:VCALENDAR"];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

function eventLines({ uid, on, from, until, title, where, isOff }: Entry, stamp: string): string[] {
  const at = (clock: string, day = on): string => `${day.replaceAll("-", "")}T${clock.replace(":", "")}00`;
  // What ends before it begins ends on the next day.
  const last = until < from ? new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) : on;
  return [
    "BEGIN:VEVENT", `UID:${uid}`, `DTSTAMP:${stamp}`, `DTSTART:${at(from)}`, `DTEND:${at(until, last)}`, `SUMMARY:${escaped(title)}`,
    ...(where ? [`LOCATION:${escaped(where)}`] : []), `STATUS:${isOff ? "CANCELLED" : "CONFIRMED"}`, "END:VEVENT",
  ];
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

const MOST_OCTETS = 75;

/** No line has more than 75 octets; a character is never cut. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  let part = "";
  for (const character of line) {
    if (encoder.encode(part + character).length > MOST_OCTETS - (parts.length > 0 ? 1 : 0)) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part].join("\r\n ");
}
