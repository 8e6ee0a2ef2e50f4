import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Territory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { problemResponse } from '#platform/server/http/problem.ts';
import { buildSegment } from '../search/build.ts';
import { writePack } from '../search/pack.ts';
import { mondayOf, weekNumber } from '../week.ts';
import { offersIndex } from './offers-index.ts';
import { readOffersOf } from './read-offers.ts';
import { findPlace } from './where.ts';

const compressed = promisify(gzip);

/** Packs already made for the index of today. The oldest leave first. */
const made = new Map<string, Promise<Buffer>>();
const MOST_MADE = 20;

/**
 * Every offer of a département as one compressed file, with what serves it from elsewhere, to be searched without network.
 * Its ETag is the version of the index.
 */
export const departementPack = async (
  context: Context,
  code: string,
  ifNoneMatch: string | null,
): Promise<Response> => {
  const departement = context.indexes.get(territoryIndex).departement(code);
  if (!departement) return problemResponse(404, 'no_such_departement');
  const etag = `"${context.indexes.get(offersIndex).version}"`;
  const headers = { etag, 'cache-control': 'no-cache' };
  if (ifNoneMatch === etag) return new Response(null, { status: 304, headers });
  const key = `${etag} ${departement.code}`;
  const pack = made.get(key) ?? makePack(context, { kind: 'departement', code: departement.code });
  made.set(key, pack);
  pack.catch(() => made.delete(key));
  const [oldest] = made.keys();
  if (made.size > MOST_MADE && oldest !== undefined) made.delete(oldest);
  return new Response(new Uint8Array(await pack), {
    // Compressed as a whole and kept so: the device opens it once.
    headers: { ...headers, 'content-type': 'application/gzip' },
  });
};

const makePack = async (context: Context, territory: Territory): Promise<Buffer> => {
  const place = findPlace(context.indexes.get(territoryIndex), { kind: 'territory', territory }, undefined);
  const { rows, timetables } = await readOffersOf(context.db, territory.code, place.ok ? place.value.areas : []);
  const today = context.clock.now().toZonedDateTimeISO('Pacific/Tahiti').toPlainDate();
  return compressed(writePack(buildSegment(rows, timetables, weekNumber(mondayOf(today)))));
};
