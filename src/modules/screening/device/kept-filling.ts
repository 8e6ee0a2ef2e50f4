import { type EpdsAnswers, parseAnswers } from '../epds.ts';
import type { Audience } from '../result.ts';
import { type Sealed, seal, unseal } from './sealed.ts';

/** One filling that somebody chose to keep. There is one at most: a new one takes its place. */
export interface KeptFilling {
  /** ISO day of the filling: 2026-11-21. */
  readonly on: string;
  readonly audience: Audience;
  /** Which text of the scale was answered. */
  readonly wording: string;
  readonly answers: EpdsAnswers;
}

/** What is found on the device, before any code is asked. `nothing` is nothing: it is not a result. */
export type Found =
  | { readonly state: 'nothing' }
  | { readonly state: 'open'; readonly filling: KeptFilling }
  | { readonly state: 'locked' };

type Stored = { readonly version: 1 } & ({ readonly filling: KeptFilling } | { readonly sealed: Sealed });

/** Neutral names: they can be read in the tools of the browser. */
const database = 'mille-jours-moment';
const store = 'kept';
const key = 'one';

/** Whether this browser can protect with a code: only on https or on the machine itself. */
export const canSeal = (): boolean => globalThis.crypto?.subtle !== undefined;

/** Keeps a filling, sealed when a code is given. Throws when the browser refuses to write. */
export const keepFilling = async (filling: KeptFilling, code: string | undefined): Promise<void> => {
  const stored: Stored = code
    ? { version: 1, sealed: await seal(JSON.stringify(filling), code) }
    : { version: 1, filling };
  await inStore('readwrite', (records) => records.put(stored, key));
};

/** Looks for a kept filling. A browser without storage, or a record that cannot be read, counts as nothing. */
export const findFilling = async (): Promise<Found> => {
  try {
    // Opening would create the database: nobody who keeps nothing should find an empty one.
    if (indexedDB.databases && !(await indexedDB.databases()).some(({ name }) => name === database)) return nothing;
    const stored = await inStore('readonly', (records) => records.get(key));
    if (typeof stored !== 'object' || stored === null) return nothing;
    if ('sealed' in stored) return { state: 'locked' };
    const filling = 'filling' in stored ? parseFilling(stored.filling) : undefined;
    return filling ? { state: 'open', filling } : nothing;
  } catch {
    return nothing;
  }
};

/** Opens a sealed filling. A wrong code gives nothing and changes nothing. */
export const openFilling = async (code: string): Promise<KeptFilling | undefined> => {
  const stored = await inStore('readonly', (records) => records.get(key));
  if (typeof stored !== 'object' || stored === null || !('sealed' in stored)) return undefined;
  const text = await unseal(stored.sealed as Sealed, code);
  return text === undefined ? undefined : parseFilling(JSON.parse(text));
};

/** Erases the filling and its database. */
export const eraseFilling = async (): Promise<void> => {
  await settled(indexedDB.deleteDatabase(database));
};

const nothing: Found = { state: 'nothing' };

/** One request on the one store. Plain IndexedDB: three requests do not need a library on a page whose weight is counted. */
const inStore = async (mode: IDBTransactionMode, ask: (records: IDBObjectStore) => IDBRequest): Promise<unknown> => {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store);
  const db = await settled(opening);
  try {
    return await settled(ask(db.transaction(store, mode).objectStore(store)));
  } finally {
    db.close();
  }
};

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const parseFilling = (given: unknown): KeptFilling | undefined => {
  if (typeof given !== 'object' || given === null) return undefined;
  const { on, audience, wording, answers } = given as Record<string, unknown>;
  if (typeof on !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(on) || typeof wording !== 'string') return undefined;
  return { on, wording, audience: audience === 'second' ? 'second' : 'birth', answers: parseAnswers(answers) };
};
