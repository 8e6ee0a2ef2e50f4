import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, randomInt } from 'node:crypto';

/** A word that nobody can guess: 256 bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Whether a text has the shape of a secret: anything else is not worth a question to the database. */
export const looksLikeSecret = (text: string): boolean => /^[\w-]{43}$/.test(text);

/**
 * What is kept of a secret. A plain hash is enough for what cannot be guessed; a code of six digits is hashed with a
 * secret beside it.
 */
export const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** Six digits, each value as likely as the others. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** Makes a text readable only with a secret that we do not keep (AES-256-GCM). */
export const seal = (secret: string, text: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
};

/** What was sealed, or nothing when the secret is another. */
export const unseal = (secret: string, sealed: string): string | undefined => {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};

const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'sealed with a session', 32));
