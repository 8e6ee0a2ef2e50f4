import pg from 'pg';
import { connectionOptions } from '#platform/server/database/database.ts';
import type { OfferFilters } from '../../src/modules/directory/search/filters.ts';
import { searchOffers } from '../../src/modules/directory/search/search.ts';
import type { Segment } from '../../src/modules/directory/search/segment.ts';
import { boxAround, chordOf } from '../../src/modules/directory/search/sphere.ts';
import { micro, percentile } from '../bench.ts';
import { type Add, now, type Spots } from './asked.ts';

/** The same questions asked of PostgreSQL: with its index, then as the closed application asked. */
export const besideSql = async (
  url: string,
  segment: Segment,
  spots: Spots,
  add: Add,
  { closedShape }: { readonly closedShape: boolean },
): Promise<void> => {
  const client = new pg.Client(connectionOptions(url));
  await client.connect();
  const timed = async (text: string, rounds: number, work: (round: number) => Promise<unknown>): Promise<void> => {
    for (let round = 0; round < Math.ceil(rounds / 10); round += 1) await work(round);
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = performance.now();
      await work(round);
      samples.push(performance.now() - before);
    }
    // Of a few rounds, the slowest is not one in a hundred.
    const slow = rounds < 100 ? `au plus ${micro(Math.max(...samples))}` : `p99 ${micro(percentile(samples, 0.99))}`;
    add(text, `${micro(percentile(samples, 0.5))}, ${slow}`);
  };
  const corners = (round: number): [number, number, number, number] => {
    const { west, south, east, north } = boxAround(spots(round), 10);
    return [west, south, east, north];
  };
  const ask = (name: string, text: string, values: readonly number[]): Promise<pg.QueryResult<Answer>> =>
    client.query<Answer>({ name, text, values: [...values] });
  const found = (condition: string): string => `with found as materialized (
      select offer.id, shown, ${CHORD} as far from offer join timetable on timetable.id = timetable_id
      where point(lon, lat) <@ box(point($1, $2), point($3, $4)) and ${condition})
    select (select count(*) from found) as total, id, shown from found order by far, id limit 20`;
  const inBox = (round: number) =>
    ask('box', found('priorities & 2 <> 0'), [...corners(round), spots(round).lon, spots(round).lat]);
  const openAround = (round: number) =>
    ask('open', found(`${CHORD} <= $7 and ${OPEN}`), [
      ...[...corners(round), spots(round).lon, spots(round).lat],
      chordOf(10),
    ]);
  await timed('SQL indexé, boîte de 20 km et une priorité : nombre et 20 lignes', 300, inBox);
  await timed('SQL indexé, rayon de 10 km, ouvert maintenant : nombre et 20 lignes', 100, openAround);
  await timed('SQL indexé, les 20 plus proches d’une priorité', 300, (round) =>
    client.query({
      name: 'near',
      text: 'select id, shown from offer where priorities & 2 <> 0 order by point(lon, lat) <-> point($1, $2) limit 20',
      values: [spots(round).lon, spots(round).lat],
    }),
  );
  const asClosed = (round: number) =>
    client.query({
      name: 'closed',
      text: `select distinct references_json, adresse from poi cross join jsonb_array_elements(adresses_json) as adresse
        where (adresse ->> 'position_longitude')::float > $1 and (adresse ->> 'position_latitude')::float > $2
          and (adresse ->> 'position_longitude')::float < $3 and (adresse ->> 'position_latitude')::float < $4`,
      values: corners(round),
    });
  if (closedShape) await timed('JSONB sans index, même boîte, résultat entier', 20, asClosed);

  const same = { box: 0, open: 0, rows: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const [west, south, east, north] = corners(round);
    const box = { kind: 'box', west, south, east, north } as const;
    const around = { kind: 'around', spot: spots(round), km: 10 } as const;
    const inIndex = (where: typeof box | typeof around, filters: OfferFilters) =>
      searchOffers([segment], { where, filters, now, limit: 20 });
    const [first, second] = [inIndex(box, { priorities: [2] }), inIndex(around, { opening: { when: 'now' } })];
    const [boxed, open] = [await inBox(round), await openAround(round)];
    if (first.total === (boxed.rows[0]?.total ?? 0)) same.box += 1;
    if (second.total === (open.rows[0]?.total ?? 0)) same.open += 1;
    const ids = (rows: readonly { readonly id: number }[]): string =>
      rows
        .map(({ id }) => id)
        .sort()
        .join(' ');
    if (ids(second.hits) === ids(open.rows)) same.rows += 1;
  }
  const told = (count: number): string => `${count} sur ${ROUNDS}`;
  add('boîtes où l’index et SQL trouvent le même nombre (au bord, l’index est exact à un mètre)', told(same.box));
  add('rayons où ils trouvent ouvert maintenant le même nombre', told(same.open));
  add('rayons où les 20 premières réponses sont les mêmes', told(same.rows));
  await client.end();
};

interface Answer {
  readonly total: number;
  readonly id: number;
}

/** Places at which the answers are compared. */
const ROUNDS = 100;

/** The square of the chord from the point ($5, $6), as the index measures. */
const CHORD = `(cos(radians(lat)) * cos(radians(lon)) - cos(radians($6)) * cos(radians($5))) ^ 2
  + (cos(radians(lat)) * sin(radians(lon)) - cos(radians($6)) * sin(radians($5))) ^ 2
  + (sin(radians(lat)) - sin(radians($6))) ^ 2`;

/** Whether the bit of the five minutes of `now` is set in the week of `now`. Every offer drawn is in the zone of Paris. */
const OPEN = (() => {
  const local = now.toZonedDateTimeISO('Europe/Paris');
  const slot = (local.dayOfWeek - 1) * 288 + local.hour * 12 + Math.floor(local.minute / 5);
  const monday = local.toPlainDate().subtract({ days: local.dayOfWeek - 1 });
  return `get_bit(bitmaps, weeks[1 + (date '${monday}' - first_week) / 7] * 2016 + ${slot}) = 1`;
})();
