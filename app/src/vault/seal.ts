/** Sealing with WebCrypto: AES-256-GCM, a new random nonce each time, bound to the place where the bytes lie. */

const NONCE_BYTES = 12;
const utf8 = new TextEncoder();
const text = new TextDecoder();

export type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that nobody sealed with this key for this place, or that were changed since. */
export class TamperedError extends Error {
  override name = "TamperedError";
}

/** The nonce, then the sealed bytes with their tag. `place` must be the same to open them. */
export async function sealBytes(key: CryptoKey, place: string, bytes: Bytes): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(parameters(nonce, place), key, bytes);
  const whole = new Uint8Array(NONCE_BYTES + sealed.byteLength);
  whole.set(nonce);
  whole.set(new Uint8Array(sealed), NONCE_BYTES);
  return whole;
}

/** Throws TamperedError. */
export async function openBytes(key: CryptoKey, place: string, sealed: Bytes): Promise<Bytes> {
  const [nonce, rest] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES)];
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, place), key, rest));
  } catch {
    throw new TamperedError(`what lies at ${place} is not what was put there`);
  }
}

export function sealText(key: CryptoKey, place: string, words: string): Promise<Bytes> {
  return sealBytes(key, place, utf8.encode(words));
}

export async function openText(key: CryptoKey, place: string, sealed: Bytes): Promise<string> {
  return text.decode(await openBytes(key, place, sealed));
}

function parameters(iv: Bytes, place: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: utf8.encode(place) };
}
