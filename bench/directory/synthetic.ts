import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { TerritoryIndex } from '#modules/territory/index.ts';
import { connectionOptions } from '#platform/server/database/database.ts';
import { termsOf } from '../../src/modules/directory/offer.ts';
import { compileTimetable } from '../../src/modules/directory/server/compile-hours.ts';
import { mondayOfWeek } from '../../src/modules/directory/week.ts';

type Territories = TerritoryIndex;

/** Pseudo-random numbers from a seed (mulberry32), so that each run draws the same offers. */
export const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Draws points around communes, as often as people live there, within a few kilometres of their centre. */
export const pointDrawer = (territories: Territories, seed: number) => {
  const random = randomFrom(seed);
  const communes = territories.communes.filter(({ partOf }) => partOf === null);
  const sums = new Float64Array(communes.length);
  let total = 0;
  communes.forEach(({ population }, at) => {
    total += population ?? 0;
    sums[at] = total;
  });
  return () => {
    const target = random() * total;
    let [low, high] = [0, communes.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    const commune = communes[low];
    if (!commune) throw new Error('no commune to draw from');
    const spread = 0.01 + Math.sqrt(commune.population ?? 0) / 30_000;
    return {
      commune,
      lat: commune.lat + (random() + random() - 1) * spread,
      lon: commune.lon + (random() + random() - 1) * spread,
      random,
    };
  };
};

const names = [
  'Consultations de PMI',
  'Accueil enfants-parents',
  'Crèche',
  'Sage-femme',
  'Bébés lecteurs',
  'Maternité',
];
const summary = 'Une équipe vous reçoit avec votre enfant.';

/** The stems of an offer, as a real one has them: a dozen. Kept, as they are the same for a kind and a commune. */
const stemsOf = (kept: Map<string, string>, kind: number, commune: string): string => {
  const key = `${kind} ${commune}`;
  const stems = kept.get(key) ?? termsOf(names[kind], summary, 'Département', `${names[kind]} de ${commune}`, commune);
  kept.set(key, stems);
  return stems;
};

/** Fills the table `offer` with `count` offers; and `poi`, in the closed application's shape, when asked. */
export const fill = async (
  url: string,
  territories: Territories,
  count: number,
  { closedShape }: { readonly closedShape: boolean },
): Promise<void> => {
  const client = new pg.Client(connectionOptions(url));
  await client.connect();
  await client.query('truncate offer');
  const draw = pointDrawer(territories, 1000);
  const stems = new Map<string, string>();
  const offers = function* (): Generator<string> {
    for (let id = 1; id <= count; id += 1) {
      const { commune, lat, lon, random } = draw();
      const kind = Math.floor(random() * 6);
      const insee = commune.code;
      const priorities = 1 << Math.floor(random() * 10);
      const shown = JSON.stringify({
        ...{ name: `${names[kind]} n° ${id}`, kind: 'pmi', summary },
        ...{ organisation: 'Département', priorities: [Math.log2(priorities) + 1], audiences: ['parents'] },
        ...{ stage: [0, 156], modes: ['sur-place'], bookings: ['rendez-vous'], costs: ['gratuit'], languages: ['fr'] },
        ...{ access: ['poussette'], phone: '02 00 00 00 00', website: null },
        place: {
          ...{ name: `${names[kind]} de ${commune.name}`, address: `${id % 200} rue de la Mairie` },
          ...{ postcode: commune.postcodes[0] ?? null, commune: commune.name, insee, lat, lon, precision: 'street' },
        },
        ...{ tour: null, areas: [], page: `/lieux/lieu-${id}` },
      });
      const masks = [kind, priorities, 1 << (id % 13), 1, 1 << (id % 10), 1, 1 << (id % 5), 0, 156];
      const timetable = 1 + Math.floor(random() * 500);
      yield `${[id, id, '\\N', id, id, '\\N', 'f', lat, lon, insee, '{}', ...masks, 'Europe/Paris', timetable].join('\t')}\t${stemsOf(stems, kind, commune.name)}\t${shown.replaceAll('\\', '\\\\')}\n`;
    }
  };
  await pipeline(
    Readable.from(batched(offers())),
    client.query(
      copyFrom(`copy offer (id, placement_id, stop_id, service_id, place_id, tour_id, gone, lat, lon, insee, areas, kind,
        priorities, audiences, modes, access, languages, costs, stage_from, stage_to, time_zone, timetable_id, terms, shown)
        from stdin`),
    ),
  );
  if (closedShape) await fillClosedShape(client);
  await client.query('create index if not exists bench_point on offer using gist (point(lon, lat))');
  await client.query('vacuum analyze offer');
  await client.end();
};

const fillClosedShape = async (client: pg.Client): Promise<void> => {
  await client.query('drop table if exists poi');
  await client.query('create table poi (id integer, type text, references_json jsonb, adresses_json jsonb)');
  await client.query(`
    insert into poi
    select id, 'type ' || kind, jsonb_build_object('nom', shown::jsonb -> 'name', 'priorites', priorities),
      jsonb_build_array(jsonb_build_object('position_latitude', lat::text, 'position_longitude', lon::text,
        'adresse', shown::jsonb -> 'place' -> 'address', 'commune', insee))
    from offer`);
  await client.query('vacuum analyze poi');
};

/** Lines by hundreds: a stream of single lines would cost more than the rows. */
const batched = function* (lines: Iterable<string>): Generator<string> {
  let batch = '';
  for (const line of lines) {
    batch += line;
    if (batch.length > 64_000) {
      yield batch;
      batch = '';
    }
  }
  yield batch;
};

/** 500 timetables, all different, one in seven with a Saturday in two. */
export const fillTimetables = async (url: string, now: Temporal.Instant): Promise<void> => {
  const client = new pg.Client(connectionOptions(url));
  await client.connect();
  await client.query('truncate timetable restart identity');
  for (let at = 0; at < 500; at += 1) {
    const opens = 7 + (at % 5);
    const text = `Mo-Fr ${String(opens).padStart(2, '0')}:${String((at % 12) * 5).padStart(2, '0')}-12:30,13:30-${17 + (at % 3)}:00${at % 7 === 0 ? '; week 1-53/2 Sa 09:00-12:00' : ''}`;
    const recipe = { kind: 'hours', text, holidays: '75', closures: [] } as const;
    const timetable = compileTimetable(recipe, now.toZonedDateTimeISO('Europe/Paris').toPlainDate());
    await client.query('insert into timetable (key, recipe, first_week, bitmaps, weeks) values ($1, $2, $3, $4, $5)', [
      ...[`bench ${at}`, JSON.stringify(recipe), mondayOfWeek(timetable.firstWeek).toString()],
      ...[Buffer.from(timetable.bitmaps.buffer), timetable.weeks],
    ]);
  }
  await client.end();
};
