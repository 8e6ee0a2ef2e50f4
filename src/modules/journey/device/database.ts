import type { SealedText } from '../export-file.ts';

/** Neutral: it can be read in the tools of a browser. */
export const DATABASE = 'mille-jours';

/** A sentence for the service worker to show at a moment. Only there when nothing is locked. */
export interface Moment {
  /** ISO instant. */
  readonly at: string;
  readonly sentence: string;
}

/** The document, in clear or sealed with the code. */
export type Stored = { readonly text: string } | { readonly sealed: SealedText };

/**
 * Opens the database for a piece of work, and makes it when it is not there: the shelf `path` holds one document,
 * `moments` the sentences of the reminders. Version 1 is the first that was published. Without a library, which every
 * view of the path would carry.
 */
const withDatabase = async <T>(work: (db: IDBDatabase) => Promise<T>): Promise<T> => {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('path');
    request.result.createObjectStore('moments', { keyPath: 'at' });
  };
  const db = await answerOf(request);
  try {
    return await work(db);
  } finally {
    db.close();
  }
};

/** The document and the moments that are on the device. */
export const readAll = (): Promise<{ stored: Stored | undefined; moments: readonly Moment[] }> =>
  withDatabase(async (db) => {
    const look = db.transaction(['path', 'moments']);
    const [stored, moments] = await Promise.all([
      answerOf<Stored | undefined>(look.objectStore('path').get('kept')),
      answerOf<Moment[]>(look.objectStore('moments').getAll()),
    ]);
    return { stored, moments };
  });

/** Writes the document and the moments together, or neither. */
export const writeAll = (stored: Stored, moments: readonly Moment[]): Promise<void> =>
  withDatabase(
    (db) =>
      new Promise((resolve, reject) => {
        const change = db.transaction(['path', 'moments'], 'readwrite');
        change.oncomplete = () => resolve();
        change.onabort = () => reject(change.error);
        change.objectStore('path').put(stored, 'kept');
        const shelf = change.objectStore('moments');
        shelf.clear();
        for (const moment of moments) shelf.put(moment);
      }),
  );

/** Takes a database away, whoever made it. */
export const remove = (name: string): Promise<unknown> => answerOf(indexedDB.deleteDatabase(name));

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Looking must not create: whoever keeps nothing finds no empty database of ours. */
export const hasPath = async (): Promise<boolean> =>
  !indexedDB.databases || (await indexedDB.databases()).some(({ name }) => name === DATABASE);
