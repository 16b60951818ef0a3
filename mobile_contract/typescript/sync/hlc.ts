/**
 * Hybrid logical clock (Kulkarni et al. 2014): `<13-digit ms>-<4 hex counter>-<device>`.
 *
 * It runs backwards only where the phone's own clock was put right by minutes or more: counting on from a year to come
 * would make every later edit look newer than anybody's. The server keeps a device's own order whatever this says.
 */

const COUNTER_END = 0x10000;
const LEAP_MS = 300_000;

/** The next reading after `previous` (undefined at first) when the phone's clock says `now` ms. */
export function tick(previous: string | undefined, now: number, device: string): string {
  const [beforeMs, beforeCount] = read(previous);
  if (now > beforeMs || beforeMs - now > LEAP_MS) return write(now, 0, device);
  return beforeCount + 1 < COUNTER_END ? write(beforeMs, beforeCount + 1, device) : write(beforeMs + 1, 0, device);
}

function read(text: string | undefined): [ms: number, count: number] {
  return text === undefined ? [-1, 0] : [Number(text.slice(0, 13)), Number.parseInt(text.slice(14, 18), 16)];
}

function write(ms: number, count: number, device: string): string {
  return `${Math.floor(ms).toString().padStart(13, "0")}-${count.toString(16).padStart(4, "0")}-${device}`;
}
