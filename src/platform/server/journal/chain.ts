import { createHash } from 'node:crypto';

/** What JSON can say. No `undefined`, no date object: a day or an instant is written as text. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What a hash covers, besides the hash before it. */
export interface Link {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly data: Json;
  readonly actor: string;
  readonly recordedAt: Temporal.Instant;
}

/** The hash before the first event of a stream, and before the first checkpoint. */
export const beginning = '';

/** SHA-256 (hexadecimal) of an event and of the hash before it. */
export const hashOfEvent = (link: Link, previousHash: string): string => {
  const { stream, version, type, data, actor, recordedAt } = link;
  return sha256([stream, version, type, data, actor, written(recordedAt), previousHash]);
};

/** Heads of the streams that moved since the checkpoint before: name → version and hash of the last event. */
export type Heads = { readonly [stream: string]: readonly [version: number, hash: string] };

/** SHA-256 (hexadecimal) of a checkpoint and of the hash before it. */
export const hashOfCheckpoint = (
  number: number,
  takenAt: Temporal.Instant,
  heads: Heads,
  previousHash: string,
): string => sha256([number, written(takenAt), heads, previousHash]);

/** The instant as the database can give it back: to the microsecond. */
export const recordable = (instant: Temporal.Instant): Temporal.Instant => instant.round('microsecond');

const written = (instant: Temporal.Instant): string => instant.toString({ smallestUnit: 'microsecond' });

const sha256 = (value: Json): string => createHash('sha256').update(canonical(value)).digest('hex');

/**
 * JSON with one way only to write a value: names in the order of their UTF-16 code units, no space (the idea of
 * RFC 8785). Throws for what JSON cannot say, so that nothing is left out of a hash in silence.
 */
export const canonical = (value: Json): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new TypeError('the journal cannot keep the character U+0000');
    if (!value.isWellFormed()) throw new TypeError('the journal cannot keep half a character');
    return JSON.stringify(value);
  }
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((name) => `${canonical(name)}:${canonical(value[name] as Json)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`the journal cannot keep a ${typeof value}`);
};

const isPlainObject = (value: unknown): value is { readonly [name: string]: Json } =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
