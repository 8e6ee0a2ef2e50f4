import { sql } from 'kysely';
import type { Commune } from '#modules/territory/index.ts';
import type { Geocoder } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { ImportOptions } from '#platform/server/import/importer.ts';
import type { AddressHints, FoundCommune } from '../import/commune-of-address.ts';
import type { Located, ReadLine } from '../import/imported-record.ts';
import { type Address, type FoundAddress, placeAddress } from '../import/locate.ts';
import type { DirectoryRecord, PlacePrecision } from '../model.ts';
import { PERSON, type Provenance } from '../provenance.ts';
import type { PlacedLine } from './import-lines.ts';
import './tables.ts';

type RecordLine = Extract<ReadLine, { outcome: 'record' }>;
type Tell = NonNullable<ImportOptions['tell']>;

/** Addresses asked for at once; an online base takes some fifty a second from one client. */
const AT_ONCE = 8;

/** An online base that falls silent this many times in a row is left in peace for the rest of the run. */
const MOST_SILENCES = 25;

/**
 * Makes what places the addresses of a batch. A line whose commune cannot be known is refused. An address of which a
 * person corrected any part is theirs as a whole: the file's is left out, and that is told.
 */
export const createPlacer = (
  context: Context,
  source: string,
  communeOf: (hints: AddressHints) => FoundCommune,
  geocoder: Geocoder | undefined,
  say: (sentence: string) => void,
): ((lines: readonly RecordLine[], tell: Tell) => Promise<PlacedLine[]>) => {
  const find = geocoder && patientFind(geocoder, say);

  const placeOne = async <F extends Address>(
    located: Located<F>,
    before: Stored | undefined,
  ): Promise<PlacedRow<F>> => {
    const { ref, fields, city, doubtful } = located;
    if (before?.corrected) {
      const { line, postcode, insee, lat, lon, precision, ...rest } = fields;
      return { row: { ref, fields: rest as F }, remarks: [], kept: true };
    }
    const found = communeOf({ ...fields, city });
    const placed = await placeAddress({ ...fields, doubtful }, found, before, find);
    if ('reason' in placed) return { reason: placed.reason };
    return { row: { ref, fields: { ...fields, ...placed.address } }, remarks: placed.remarks, kept: false };
  };

  return async (lines, tell) => {
    const [places, stops] = await Promise.all([
      storedAddresses(
        context.db,
        'place',
        source,
        lines.flatMap(({ record }) => record.place?.ref ?? []),
      ),
      storedAddresses(
        context.db,
        'tour_stop',
        source,
        lines.flatMap(({ record }) => record.stops?.map(({ ref }) => ref) ?? []),
      ),
    ]);
    const results = await inOrder(lines, AT_ONCE, async ({ record }) => ({
      place: record.place && (await placeOne(record.place, places.get(record.place.ref))),
      stops: await Promise.all((record.stops ?? []).map((stop) => placeOne(stop, stops.get(stop.ref)))),
    }));
    return lines.flatMap((line, at): PlacedLine[] => {
      const { place, stops: own = [] } = results[at] ?? {};
      const about = { line: line.line, subject: line.subject };
      const rows = [...(place ? [place] : []), ...own];
      const refused = rows.find((row) => row.row === undefined);
      if (refused) {
        tell({ kind: 'refused', ...about, reason: refused.reason ?? '' });
        return [];
      }
      const remarks = new Set([...line.remarks, ...rows.flatMap((row) => row.remarks ?? [])]);
      for (const reason of remarks) tell({ kind: 'remark', ...about, reason });
      if (rows.some(({ kept }) => kept)) {
        tell({ kind: 'kept', ...about, reason: 'adresse et point : la correction d’une personne est gardée' });
      }
      const { place: _place, stops: _stops, ...rest } = line.record;
      const record: DirectoryRecord = {
        ...rest,
        ...(place?.row ? { place: place.row } : {}),
        ...(own.length > 0 ? { stops: own.flatMap(({ row }) => (row ? [row] : [])) } : {}),
      };
      return [{ ...about, record }];
    });
  };
};

type PlacedRow<F> =
  | {
      readonly row: { readonly ref: string; readonly fields: F };
      readonly remarks: readonly string[];
      readonly kept: boolean;
      readonly reason?: undefined;
    }
  | { readonly reason: string; readonly row?: undefined; readonly remarks?: undefined; readonly kept?: undefined };

interface Stored extends Address {
  /** A person corrected a part of this address. */
  readonly corrected: boolean;
}

const storedAddresses = async (
  db: Database,
  table: 'place' | 'tour_stop',
  source: string,
  refs: readonly string[],
): Promise<Map<string, Stored>> => {
  if (refs.length === 0) return new Map();
  const { rows } = await sql<
    Required<Address> & { source_ref: string; precision: PlacePrecision; provenance: Provenance }
  >`
    select source_ref, line, postcode, insee, lat, lon, precision, provenance from ${sql.table(table)}
    where source = ${source} and source_ref = any(${refs}::text[])`.execute(db);
  return new Map(
    rows.map(({ source_ref, provenance, ...address }) => [
      source_ref,
      { ...address, corrected: addressFields.some((name) => provenance[name]?.source === PERSON) },
    ]),
  );
};

const addressFields = ['line', 'postcode', 'insee', 'lat', 'lon', 'precision'];

/** Asks the geocoder as long as its online base answers: what comes from our own communes we know already. */
const patientFind = (geocoder: Geocoder, say: (sentence: string) => void) => {
  let silences = 0;
  return async (text: string, near: Commune): Promise<FoundAddress | undefined> => {
    if (silences >= MOST_SILENCES) return undefined;
    const answers = await geocoder.find(text, { near, limit: 1 });
    const [answer] = answers;
    if (answer?.from === 'ban') {
      silences = 0;
      return answer.commune === near.code || answer.commune === near.partOf ? answer : undefined;
    }
    silences += 1;
    if (silences === MOST_SILENCES) {
      say(
        'La base d’adresses ne répond pas : les adresses sont placées à leur commune. Relancez plus tard pour les affiner.',
      );
    }
    return undefined;
  };
};

/** Does `work` for each item, some at a time, and gives the results in order. */
const inOrder = async <T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return results;
};
