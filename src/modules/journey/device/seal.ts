import type { SealedText } from '../export-file.ts';

/** OWASP's advice for PBKDF2 with SHA-256 (2023): about a second on an old telephone. */
const TURNS = 600_000;

/** A key drawn from a code and its salt. The code is kept nowhere. */
export interface CodeKey {
  readonly key: CryptoKey;
  readonly salt: Uint8Array<ArrayBuffer>;
}

/** Draws the key of a code: with a new salt, or with that of what is to be opened. */
export const drawKey = async (code: string, salt = crypto.getRandomValues(new Uint8Array(16))): Promise<CodeKey> => {
  const raw = await crypto.subtle.importKey('raw', new TextEncoder().encode(code.normalize('NFC')), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: TURNS };
  const key = await crypto.subtle.deriveKey(derivation, raw, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return { key, salt };
};

/** Seals a text, each time with another nonce. */
export const seal = async (text: string, { key, salt }: CodeKey): Promise<SealedText> => {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, new TextEncoder().encode(text));
  return { salt: toBase64(salt), nonce: toBase64(nonce), data: toBase64(new Uint8Array(data)) };
};

/** The text, or nothing when the key is not the right one or the record is damaged. */
export const unseal = async ({ nonce, data }: SealedText, { key }: CodeKey): Promise<string | undefined> => {
  try {
    return new TextDecoder().decode(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(nonce) }, key, fromBase64(data)),
    );
  } catch {
    return undefined;
  }
};

/** The salt of a sealed text, from which the key of its code is drawn again. */
export const saltOf = ({ salt }: SealedText): Uint8Array<ArrayBuffer> => fromBase64(salt);

const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
