import { sql } from 'kysely';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import { type FieldOrigin, PERSON, type Provenance } from '../provenance.ts';
import { resolveOffers, surroundings } from './resolve.ts';
import { DIRECTORY_TOPIC, writeRows } from './save.ts';

/** What a merge did, enough to part the two again. Plain data, to be kept. */
interface PlaceMerge {
  readonly kept: number;
  readonly gone: number;
  /** Fields that the kept place had not and took from the other, with the origin that came along. */
  readonly filled: { readonly [name: string]: { readonly value: unknown; readonly origin: FieldOrigin | null } };
  /** Who had said that the other was open. */
  readonly openedBy: FieldOrigin | null;
}

type Row = Record<string, unknown> & { id: number; state: string; confidential: boolean; provenance: Provenance };

/** What one sheet may learn from another of the same place. A point goes with its precision. */
const fillable = [
  ...['line', 'more', 'postcode', 'phone', 'email', 'website', 'hours', 'hours_note', 'access', 'access_note'],
  ...['acceslibre', 'siret', 'finess'],
];

/**
 * Makes two places one: `kept` takes what it had not, each field with where it came from, and `gone` closes for good: no
 * import opens it again. Refuses a place that does not exist or is closed, twice the same, and a sheltered place with one
 * that is not: nothing of a shelter may pass into what is shown.
 */
export const mergePlaces = (context: Context, kept: number, gone: number): Promise<Result<PlaceMerge, Refusal>> =>
  inTransaction(context, async ({ db, clock, indexes }) => {
    const rows = await lockPlaces(db, [kept, gone]);
    const [first, second] = [rows.get(kept), rows.get(gone)];
    if (!first || !second || kept === gone) return refuse(notTwo);
    if (first.state !== 'open' || second.state !== 'open') return refuse(notOpen);
    if (first.confidential !== second.confidential) return refuse(notBothSheltered);
    const names = fillable.filter((name) => isNothing(first[name]) && !isNothing(second[name]));
    const filled = Object.fromEntries(
      names.map((name) => [name, { value: second[name], origin: second.provenance[name] ?? null }]),
    );
    const now = clock.now();
    const on = now.toZonedDateTimeISO('UTC').toPlainDate().toString();
    const origins = Object.fromEntries(
      names.flatMap((name) => (second.provenance[name] ? [[name, second.provenance[name]]] : [])),
    );
    await writeRows(db, 'place', [
      {
        ...first,
        ...Object.fromEntries(names.map((name) => [name, second[name]])),
        ...{ provenance: { ...first.provenance, ...origins }, changed_at: now.toString() },
      },
    ]);
    const closedBy = { ...second.provenance, state: { source: PERSON, on } };
    await writeRows(db, 'place', [
      { ...second, state: 'closed', closed_on: on, provenance: closedBy, changed_at: now.toString() },
    ]);
    const offers = await resolveOffers(db, surroundings(clock, indexes), { places: [kept, gone] });
    if (offers > 0) await announceChange(db, DIRECTORY_TOPIC);
    return ok({ kept, gone, filled, openedBy: second.provenance.state ?? null });
  });

/**
 * Parts two places again: `gone` opens as before, and `kept` loses what it had taken, unless somebody has said something
 * about that field since.
 */
export const partPlaces = (context: Context, { kept, gone, filled, openedBy }: PlaceMerge): Promise<Result<void>> =>
  inTransaction(context, async ({ db, clock, indexes }) => {
    const rows = await lockPlaces(db, [kept, gone]);
    const [first, second] = [rows.get(kept), rows.get(gone)];
    if (!first || !second) return refuse(notTwo);
    const lost = Object.entries(filled).filter(
      ([name, { value, origin }]) =>
        JSON.stringify(first[name]) === JSON.stringify(value) &&
        JSON.stringify(first.provenance[name] ?? null) === JSON.stringify(origin),
    );
    const names = new Set(lost.map(([name]) => name));
    const changed_at = clock.now().toString();
    await writeRows(db, 'place', [
      {
        ...first,
        ...Object.fromEntries(lost.map(([name, { value }]) => [name, Array.isArray(value) ? [] : null])),
        provenance: Object.fromEntries(Object.entries(first.provenance).filter(([name]) => !names.has(name))),
        changed_at,
      },
    ]);
    const { state: _, ...others } = second.provenance;
    const provenance = openedBy ? { ...others, state: openedBy } : others;
    await writeRows(db, 'place', [{ ...second, state: 'open', closed_on: null, provenance, changed_at }]);
    const offers = await resolveOffers(db, surroundings(clock, indexes), { places: [kept, gone] });
    if (offers > 0) await announceChange(db, DIRECTORY_TOPIC);
    return ok(undefined);
  });

const lockPlaces = async (db: Context['db'], ids: readonly number[]): Promise<ReadonlyMap<number, Row>> => {
  // Always in the same order, so that two who merge at once do not wait for each other for ever.
  const { rows } = await sql<Row>`
    select * from place where id = any(${ids}::integer[]) order by id for update`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
};

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const notTwo: Refusal = { code: 'not_two', message: 'Il faut deux fiches différentes, qui existent.' };
const notOpen: Refusal = { code: 'not_open', message: 'Une des deux fiches est déjà fermée.' };
const notBothSheltered: Refusal = {
  code: 'not_both_sheltered',
  message: 'Un lieu protégé ne se réunit pas avec un lieu public : son adresse pourrait se voir.',
};
