/**
 * The keys. A random data key seals what the phone keeps. It lies wrapped twice: by a key that is made from the PIN, and
 * around that by a key of this browser that no script can read out, so that the rows of the database alone do not do.
 */

import { type Bytes, openBytes, sealBytes, TamperedError } from "./seal.ts";

/** What OWASP asks for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
export const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const AES = { name: "AES-GCM", length: 256 } as const;
const USES: KeyUsage[] = ["encrypt", "decrypt"];
const BY_PIN = "data key by PIN";
const BY_DEVICE = "data key by device";

/** The lock as it lies on the disk: nothing of it opens anything without the PIN. */
export interface Lock {
  readonly salt: Bytes;
  readonly iterations: number;
  readonly wrapped: Bytes;
  readonly device: CryptoKey;
}

/** A new data key for which nothing has been sealed yet, and the lock that a PIN opens. */
export async function newLock(pin: string, iterations = ITERATIONS): Promise<{ readonly lock: Lock; readonly key: CryptoKey }> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const lock = await locked(raw, pin, iterations);
  const key = await imported(raw);
  raw.fill(0);
  return { lock, key };
}

/** The data key; null when the PIN is another. */
export async function opened(lock: Lock, pin: string): Promise<CryptoKey | null> {
  const raw = await rawKey(lock, pin);
  if (raw === null) return null;
  const key = await imported(raw);
  raw.fill(0);
  return key;
}

/** The same data key under another PIN; null when the old one is wrong. */
export async function relocked(lock: Lock, before: string, after: string, iterations = ITERATIONS): Promise<Lock | null> {
  const raw = await rawKey(lock, before);
  if (raw === null) return null;
  const next = await locked(raw, after, iterations);
  raw.fill(0);
  return next;
}

async function locked(raw: Bytes, pin: string, iterations: number): Promise<Lock> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const device = await crypto.subtle.generateKey(AES, false, USES);
  const inner = await sealBytes(await pinKey(pin, salt, iterations), BY_PIN, raw);
  return { salt, iterations, device, wrapped: await sealBytes(device, BY_DEVICE, inner) };
}

async function rawKey({ salt, iterations, wrapped, device }: Lock, pin: string): Promise<Bytes | null> {
  // Outside the device key nothing depends on the PIN: what fails here was tampered with, and is no wrong PIN.
  const inner = await openBytes(device, BY_DEVICE, wrapped);
  try {
    return await openBytes(await pinKey(pin, salt, iterations), BY_PIN, inner);
  } catch (error) {
    if (error instanceof TamperedError) return null;
    throw error;
  }
}

async function pinKey(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, base, AES, false, USES);
}

function imported(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, AES.name, false, USES);
}
