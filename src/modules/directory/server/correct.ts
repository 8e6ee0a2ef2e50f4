import { sql } from 'kysely';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Entity, FieldsOf, State } from '../model.ts';
import { mergeFields, PERSON, type Provenance } from '../provenance.ts';
import { resolveOffers, surroundings } from './resolve.ts';
import { DIRECTORY_TOPIC, writeRows } from './save.ts';

/**
 * A person says what is right about a row: these fields are theirs from now on, and no import changes them. `state`
 * closes or opens the row in the same way. Refuses a row that does not exist.
 */
export const correctRow = <E extends Entity>(
  context: Context,
  entity: E,
  id: number,
  fields: Partial<FieldsOf[E]> & { readonly state?: State },
): Promise<Result<{ readonly changed: readonly string[] }, Refusal>> =>
  inTransaction(context, async ({ db, clock, indexes }) => {
    const now = clock.now();
    const { rows } = await sql<Record<string, unknown> & { provenance: Provenance }>`
      select * from ${sql.table(entity)} where id = ${id} for update`.execute(db);
    const existing = rows[0];
    if (!existing) return refuse({ code: 'no_such_row', message: 'Cette fiche n’existe pas ou plus.' });
    const on = now.toZonedDateTimeISO('UTC').toPlainDate().toString();
    const merge = mergeFields<object>({ fields: existing, provenance: existing.provenance }, fields, {
      ...{ source: PERSON, on },
    });
    // Saying again what a source says is a correction too: it must hold when the source changes its mind.
    const provenance = {
      ...merge.provenance,
      ...Object.fromEntries(Object.keys(fields).map((name) => [name, { source: PERSON, on }])),
    };
    const state = 'state' in merge.fields ? merge.fields.state : undefined;
    await writeRows(db, entity, [
      {
        ...merge.fields,
        provenance,
        closed_on: state === 'closed' ? (existing.closed_on ?? on) : null,
        changed_at: now.toString(),
      },
    ]);
    const key = { organisation: 'organisations', place: 'places', service: 'services' } as const;
    const more = { tour: 'tours', tour_stop: 'stops', professional: 'professionals' } as const;
    const scope = { [{ ...key, ...more }[entity]]: [id] };
    const offers = await resolveOffers(db, surroundings(clock, indexes), scope);
    if (offers > 0) await announceChange(db, DIRECTORY_TOPIC);
    return ok({ changed: merge.changed });
  });
