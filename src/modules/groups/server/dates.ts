import { createSeries, readReserved } from '#modules/agenda/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { lockGroup, noSuchGroup, tellGroup } from './groups.ts';
import './tables.ts';

/**
 * Proposes one date or many to a group, from the form of the agenda: a series of that organiser, which only the group sees.
 * Every family is told that something waits on its page.
 */
export const proposeDates = (
  context: PersonContext,
  registration: string,
  id: string,
  form: FormData,
  origin: string,
): Promise<Result<{ readonly id: string }, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'group.animate', { organisation: registration });
    if (!allowed.ok) return refuse([allowed.error]);
    const group = await lockGroup(inside, registration, id);
    if (!group) return refuse([noSuchGroup]);
    const saved = await createSeries({ ...inside, actor: context.actor }, registration, form, { reserved: true });
    if (!saved.ok) return saved;
    await inside.db.insertInto('group_series').values({ series: saved.value.id, group_id: id }).execute();
    await tellGroup(inside, id, origin);
    return ok({ id: saved.value.id });
  });

/** A date of a series was moved, cancelled or closed in the agenda: the group it is reserved for is told. */
export const tellDateChanged = (context: Context, series: string, origin: string): Promise<void> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(series)
      ? await inside.db.selectFrom('group_series').select('group_id').where('series', '=', series).executeTakeFirst()
      : undefined;
    if (row) await tellGroup(inside, row.group_id, origin);
  });

/** The coming dates of a group. */
export const datesOf = async (context: Context, id: string) => {
  const rows = await context.db.selectFrom('group_series').select('series').where('group_id', '=', id).execute();
  return readReserved(
    context,
    rows.map(({ series }) => series),
  );
};
