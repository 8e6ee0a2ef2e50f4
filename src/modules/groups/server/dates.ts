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

/**
 * Changes what a series is or when, in the agenda, and tells the group that it is reserved for, in one transaction: its
 * families booked nothing, and are written to with what changes or not at all. Without `origin` no link would lead anywhere.
 */
export const tellingGroup = <T extends Result<unknown, unknown>>(
  context: PersonContext,
  of: { readonly series: string } | { readonly date: number },
  origin: string | undefined,
  change: (inside: PersonContext) => Promise<T>,
): Promise<T> =>
  inTransaction(context, async (inside) => {
    const done = await change({ ...inside, actor: context.actor });
    if (done.ok && origin) await tellOfDates(inside, of, origin);
    return done;
  });

const tellOfDates = async (
  inside: Context,
  of: { readonly series: string } | { readonly date: number },
  origin: string,
): Promise<void> => {
  if ('series' in of && !isUuid(of.series)) return;
  const row = await inside.db
    .selectFrom('group_series')
    .select('group_id')
    .where(({ eb, selectFrom }) =>
      'series' in of
        ? eb('series', '=', of.series)
        : eb('series', '=', selectFrom('event_occurrence').select('series').where('id', '=', of.date)),
    )
    .executeTakeFirst();
  if (row) await tellGroup(inside, row.group_id, origin);
};

/** The coming dates of a group. */
export const datesOf = async (context: Context, id: string) => {
  const rows = await context.db.selectFrom('group_series').select('series').where('group_id', '=', id).execute();
  return readReserved(
    context,
    rows.map(({ series }) => series),
  );
};
