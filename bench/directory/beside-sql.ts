import pg from 'pg';
import { connectionOptions } from '#platform/server/database/database.ts';
import { searchOffers } from '../../src/modules/directory/search/search.ts';
import type { Segment } from '../../src/modules/directory/search/segment.ts';
import { boxAround } from '../../src/modules/directory/search/sphere.ts';
import { micro, percentile } from '../bench.ts';
import { type Add, now, type Spots } from './asked.ts';

/** The same boxes asked of PostgreSQL: with its index, then as the closed application asked. */
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
    add(text, `${micro(percentile(samples, 0.5))}, p99 ${micro(percentile(samples, 0.99))}`);
  };
  const corners = (round: number): [number, number, number, number] => {
    const { west, south, east, north } = boxAround(spots(round), 10);
    return [west, south, east, north];
  };
  const inBox = (round: number) =>
    client.query<{ total: number; id: number }>({
      name: 'box',
      text: `with found as materialized (
          select id, shown, point(lon, lat) <-> point($5, $6) as far from offer
          where point(lon, lat) <@ box(point($1, $2), point($3, $4)) and priorities & 2 <> 0)
        select (select count(*) from found) as total, id, shown from found order by far, id limit 20`,
      values: [...corners(round), spots(round).lon, spots(round).lat],
    });
  await timed('SQL indexé, boîte de 20 km et une priorité : nombre et 20 lignes', 300, inBox);
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
  if (closedShape) await timed('JSONB sans index, même boîte, résultat entier', 8, asClosed);
  let same = 0;
  for (let round = 0; round < 100; round += 1) {
    const [west, south, east, north] = corners(round);
    const where = { kind: 'box', west, south, east, north } as const;
    const { total } = searchOffers([segment], { where, filters: { priorities: [2] }, now, limit: 20 });
    if (total === ((await inBox(round)).rows[0]?.total ?? 0)) same += 1;
  }
  add('boîtes où l’index et SQL trouvent le même nombre (au bord, l’index est exact à un mètre)', `${same} sur 100`);
  await client.end();
};
