import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { SealedText } from '../export-file.ts';

/** Neutral: it can be read in the tools of a browser. */
export const DATABASE = 'mille-jours';

/** A sentence for the service worker to show at a moment. Only there when nothing is locked. */
export interface Moment {
  /** ISO instant. */
  readonly at: string;
  readonly sentence: string;
}

interface Shelves extends DBSchema {
  /** One record: the document, in clear or sealed with the code. */
  path: { key: 'kept'; value: { readonly text: string } | { readonly sealed: SealedText } };
  moments: { key: string; value: Moment };
}

/** Opens the database, and makes it when it is not there. Version 1 is the first that was published. */
export const open = (): Promise<IDBPDatabase<Shelves>> =>
  openDB<Shelves>(DATABASE, 1, {
    upgrade: (db) => {
      db.createObjectStore('path');
      db.createObjectStore('moments', { keyPath: 'at' });
    },
  });

/** Looking must not create: whoever keeps nothing finds no empty database of ours. */
export const hasPath = async (): Promise<boolean> =>
  !indexedDB.databases || (await indexedDB.databases()).some(({ name }) => name === DATABASE);
