/** A text that only its code opens. What is needed to try a code is stored beside it. */
export interface Sealed {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** OWASP’s advice for PBKDF2 with SHA-256 (2023): 600 000 turns, about a second on an old telephone. */
const turns = 600_000;

/** Shortest code that is accepted. */
export const shortestCode = 6;

/** Seals a text with AES-256-GCM, under a key drawn from the code. The code itself is never stored. */
export const seal = async (text: string, code: string): Promise<Sealed> => {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce },
    await keyOf(code, salt),
    new TextEncoder().encode(text),
  );
  return { salt, nonce, data };
};

/** The text, or undefined when the code is not the right one. */
export const unseal = async ({ salt, nonce, data }: Sealed, code: string): Promise<string | undefined> => {
  try {
    return new TextDecoder().decode(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, await keyOf(code, salt), data),
    );
  } catch {
    return undefined;
  }
};

const keyOf = async (code: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => {
  const raw = await crypto.subtle.importKey('raw', new TextEncoder().encode(code.normalize('NFC')), 'PBKDF2', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: turns },
    raw,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
};
