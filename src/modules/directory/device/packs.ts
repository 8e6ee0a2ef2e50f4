import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { readPack } from '../search/pack.ts';
import { openSegment, type Segment } from '../search/segment.ts';

/** A département kept on this device. What is searched in it stays on the device too. */
export interface KeptPack {
  readonly departement: string;
  readonly name: string;
  /** ISO date. */
  readonly keptOn: string;
  readonly count: number;
  /** Compressed, as it came. */
  readonly file: ArrayBuffer;
}

interface Schema extends DBSchema {
  packs: { key: string; value: KeptPack };
}

const open = (): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>('mille-jours-lieux', 1, {
    upgrade: (db) => {
      db.createObjectStore('packs', { keyPath: 'departement' });
    },
  });

/** Fetches a département and keeps it. Throws when the network, the file or the device's room fails. */
export const keepPack = async (departement: string, name: string, keptOn: string): Promise<KeptPack> => {
  const answer = await fetch(`/autour-de-moi/hors-ligne/${departement}.pack`);
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const file = await answer.arrayBuffer();
  const data = readPack(await unzipped(file));
  if (!data) throw new Error('the file cannot be read');
  const pack: KeptPack = { departement, name, keptOn, count: data.count, file };
  const db = await open();
  await db.put('packs', pack);
  db.close();
  return pack;
};

/** What is kept, in the order of the codes. Never throws: a device that keeps nothing has nothing. */
export const keptPacks = async (): Promise<KeptPack[]> => {
  try {
    const db = await open();
    const packs = await db.getAll('packs');
    db.close();
    return packs;
  } catch {
    return [];
  }
};

/** Erases a département from the device. */
export const dropPack = async (departement: string): Promise<void> => {
  const db = await open();
  await db.delete('packs', departement);
  db.close();
};

/** A kept département ready to be searched; undefined when the file is damaged. */
export const openPack = async ({ file }: KeptPack): Promise<Segment | undefined> => {
  const data = readPack(await unzipped(file));
  return data && openSegment(data);
};

const unzipped = async (file: ArrayBuffer): Promise<ArrayBuffer> =>
  new Response(new Blob([file]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
