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
 * The pairs of open places that may be one, whatever their sources: only those of a same commune, the surest of each.
 * Sheltered places are compared with nothing. Nothing is written.
 */
export async function* findProbableDuplicates(db: Database): AsyncGenerator<readonly ProbablePair<NumberedPlace>[]> {
  const { rows: communes } = await sql<{ insee: string; places: number }>`
    select insee, count(*)::integer as places from place
    where state = 'open' and not confidential and insee is not null
    group by insee having count(*) > 1 order by insee`.execute(db);
  for (const some of batchesOf(communes)) {
    const { rows } = await sql<NumberedPlace>`
      select id, insee, name, kind, line, postcode, regexp_replace(phone, '[^0-9+]', '', 'g') as phone, siret, finess, lat, lon
      from place where state = 'open' and not confidential and insee = any(${some}::text[])
      order by id`.execute(db);
    const found: ProbablePair<NumberedPlace>[] = [];
    for (const places of Map.groupBy(rows, ({ insee }) => insee).values()) {
      const pairs = await pairsOfOne(places);
      // Ties by number, so that the same ones come back.
      found.push(...pairs.toSorted((p, q) => q.score - p.score || p.a.id - q.a.id).slice(0, MOST_PAIRS));
    }
    if (found.length > 0) yield found;
  }
}

/** The pairs of one commune, without making others wait. */
const pairsOfOne = async (places: readonly NumberedPlace[]): Promise<ProbablePair<NumberedPlace>[]> => {
  const pairs: ProbablePair<NumberedPlace>[] = [];
  let since = performance.now();
  for (const some of probablePairs(places)) {
    pairs.push(...some);
    if (performance.now() - since < BEFORE_A_REST) continue;
    await rest();
    since = performance.now();
  }
  return pairs;
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
