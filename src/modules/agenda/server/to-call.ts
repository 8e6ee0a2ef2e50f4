import { can } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import './tables.ts';

/**
 * What somebody who left only a telephone has to be told: nothing is sent to a telephone, so the organiser calls, then says
 * that it is done. The last thing to tell takes the place of the one before.
 */
export type ToCall = 'offered' | 'moved' | 'elsewhere' | 'closed' | 'restored' | 'written';

/** What a row keeps of something to tell: nothing for who is written to. */
export const toCall = (
  { contact_kind }: { readonly contact_kind: 'email' | 'phone' },
  what: ToCall,
): { readonly to_call: ToCall } | Record<never, never> => (contact_kind === 'phone' ? { to_call: what } : {});

/** Keeps what is to be told of everybody among these who left only a telephone. Returns how many there are. */
export const keepToCall = async (
  { db }: Context,
  people: readonly { readonly id: string; readonly contact_kind: 'email' | 'phone' }[],
  what: ToCall,
): Promise<number> => {
  const ids = people.filter(({ contact_kind }) => contact_kind === 'phone').map(({ id }) => id);
  if (ids.length > 0) await db.updateTable('event_booking').set({ to_call: what }).where('id', 'in', ids).execute();
  return ids.length;
};

/** The dates of an organisation where somebody waits for a call, the earliest first; nothing for who is not of it. */
export const datesToCall = async ({ db, actor, clock }: PersonContext, organisation: string) => {
  if (!can(actor, 'event.bookings', { organisation })) return [];
  return db
    .selectFrom('event_booking as booking')
    .innerJoin('event_occurrence as occurrence', 'occurrence.id', 'booking.occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .select(['occurrence.id', 'occurrence.series', 'occurrence.local_start', 'series.time_zone'])
    .select(({ fn }) => fn.countAll<number>().as('people'))
    .where('series.organisation', '=', organisation)
    .where('booking.to_call', 'is not', null)
    .where('occurrence.starts_at', '>', clock.now())
    .groupBy(['occurrence.id', 'series.id'])
    .orderBy('occurrence.starts_at')
    .orderBy('occurrence.id')
    .limit(50)
    .execute();
};
