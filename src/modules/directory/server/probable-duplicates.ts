import { setImmediate as rest } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '#platform/server/database/database.ts';
import type { ComparedPlace } from '../import/duplicates.ts';
import { type ProbablePair, probablePairs } from '../import/probable-pairs.ts';

/** A place as it is compared, with its number. */
export interface NumberedPlace extends ComparedPlace {
  readonly id: number;
  readonly insee: string;
}

/** Places read at once: some communes, or one large one. */
const AT_ONCE = 4_000;

/** Milliseconds of comparing after which those who wait are answered. */
const BEFORE_A_REST = 10;

/** The surest of one commune: enough for a person’s month. Once they are decided, the others come. */
const MOST_PAIRS = 300;

/**
 * The pairs of open places that may be one, whatever their sources: those of a same commune, the surest of each, then those
 * of one SIRET in two communes of a département. Sheltered places are compared with nothing. Nothing is written.
 */
export async function* findProbableDuplicates(db: Database): AsyncGenerator<readonly ProbablePair<NumberedPlace>[]> {
  const { rows: communes } = await sql<{ insee: string; places: number }>`
    select insee, count(*)::integer as places from place
    where state = 'open' and not confidential and insee is not null
    group by insee having count(*) > 1 order by insee`.execute(db);
  const breathe = breathing();
  for (const some of batchesOf(communes)) {
    const { rows } = await sql<NumberedPlace>`
      select id, insee, name, kind, line, postcode, regexp_replace(phone, '[^0-9+]', '', 'g') as phone, siret, finess, lat, lon
      from place where state = 'open' and not confidential and insee = any(${some}::text[])
      order by id`.execute(db);
    const found: ProbablePair<NumberedPlace>[] = [];
    for (const places of Map.groupBy(rows, ({ insee }) => insee).values()) {
      const pairs = await pairsOfOne(places, breathe);
      // Ties by number, so that the same ones come back.
      found.push(...pairs.toSorted((p, q) => q.score - p.score || p.a.id - q.a.id).slice(0, MOST_PAIRS));
    }
    if (found.length > 0) yield found;
  }
  const apart = await sameSiretApart(db);
  if (apart.length > 0) yield apart;
}

/** Places of one SIRET beyond which it is that of a head office, which a source gave to all that it runs. */
const MOST_OF_ONE_SIRET = 3;

/**
 * A SIRET is that of one establishment, at one address (an establishment that moves receives another): told in two communes,
 * one of the two is wrong, or old. Only within a département, where the same moderators answer for both.
 */
const sameSiretApart = async (db: Database): Promise<ProbablePair<NumberedPlace>[]> => {
  const { rows } = await sql<{ a: NumberedPlace; b: NumberedPlace }>`
    with told as (
      select id, insee, name, kind, line, postcode, phone, siret, finess, lat, lon,
        left(insee, case when insee ~ '^9[78]' then 3 else 2 end) as departement
      from place where state = 'open' and not confidential and siret is not null and insee is not null
    ), shared as (
      select siret from told group by siret
      having count(*) <= ${MOST_OF_ONE_SIRET} and count(distinct insee) > 1
    )
    select row_to_json(a) as a, row_to_json(b) as b
    from shared join told as a using (siret) join told as b using (siret)
    where a.id < b.id and a.insee <> b.insee and a.departement = b.departement
    order by a.id, b.id
    limit ${MOST_PAIRS}`.execute(db);
  return rows.map((pair) => ({ ...pair, score: 60, reasons: ['même SIRET, dans deux communes'] }));
};

/** The pairs of one commune, without making others wait. */
const pairsOfOne = async (
  places: readonly NumberedPlace[],
  breathe: () => Promise<void> | undefined,
): Promise<ProbablePair<NumberedPlace>[]> => {
  const pairs: ProbablePair<NumberedPlace>[] = [];
  for (const some of probablePairs(places)) {
    pairs.push(...some);
    const others = breathe();
    if (others) await others;
  }
  return pairs;
};

/** What lets others be answered, once enough was done since the last time; whatever the number of communes it was for. */
const breathing = (): (() => Promise<void> | undefined) => {
  let since = performance.now();
  return () => {
    if (performance.now() - since < BEFORE_A_REST) return undefined;
    return rest().then(() => {
      since = performance.now();
    });
  };
};

const batchesOf = (communes: readonly { readonly insee: string; readonly places: number }[]): string[][] => {
  const batches: string[][] = [];
  let room = 0;
  for (const { insee, places } of communes) {
    if (room < places) {
      batches.push([]);
      room = AT_ONCE;
    }
    batches.at(-1)?.push(insee);
    room -= places;
  }
  return batches;
};
