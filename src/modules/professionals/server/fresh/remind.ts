import { sql } from 'kysely';
import { z } from 'zod';
import { kinds } from '#modules/directory/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import { defaultRhythm, quiet, rhythms } from '../../fresh/rhythm.ts';
import { askPerson } from './ask.ts';
import { groupedByAddress, recipientsOf } from './recipients.ts';

/** The most listings that one morning asks about, the longest due first: the mail server has other messages to carry. */
export const MOST_A_DAY = 5_000;

/**
 * Every morning: asks who keeps a listing that is due whether it is still right. `site`: origin of the links; without it,
 * nobody is written to. Killed in the middle, it begins again and writes to nobody twice.
 */
export const remindJob = (site: string | undefined): AnyJob =>
  defineJob({
    name: 'professionals.remind',
    data: z.object({}),
    purpose: 'Demande à qui tient une fiche si elle est toujours exacte, quand son rythme le dit.',
    every: '10 9 * * *',
    handle: async (context) => {
      await knowClaimed(context);
      if (site === undefined) {
        context.log.warn('reminders need ORIGIN: nobody was asked');
        return;
      }
      await remindAll(context, site);
    },
  });

const remindAll = async (context: Context, site: string): Promise<void> => {
  const today = todayIn(context.clock, 'Europe/Paris');
  const due = await recipientsOf(
    context.db,
    sql`listing.id in (
      select id from listing_freshness
      where due_on <= ${today.add({ days: quiet.before })}::date and asks < ${quiet.most}
        and (asked_on is null or asked_on <= ${today.subtract({ days: quiet.between })}::date))`,
    { published: false },
  );
  const listings = new Set(due.filter(({ refused, silent }) => !refused && !silent).map(({ listing }) => listing));
  const first = new Set([...listings].slice(0, MOST_A_DAY));
  for (const group of groupedByAddress(due.filter(({ listing }) => first.has(listing))).values()) {
    const [{ account, email } = { account: null, email: '' }] = group;
    await askPerson(context, { account, email, site, listings: group.map(({ listing }) => listing) });
  }
};

/** An imported listing that a team has claimed has a rhythm too, from the day of the claim. */
const knowClaimed = async ({ db }: Context): Promise<void> => {
  await sql`
    insert into listing_freshness (entity, entity_id, rhythm, due_on)
    select owner.entity, owner.entity_id, ${rhythmOfKind(sql.ref('listed.kind'))}, owner.since::date + 30
    from listing_owner as owner
    join (
      select 'place' as entity, id, kind from place where state = 'open'
      union all select 'service', id, kind from service where state = 'open'
    ) as listed on listed.entity = owner.entity and listed.id = owner.entity_id
    on conflict (entity, entity_id) do nothing`.execute(db);
};

/** SQL: the rhythm of a kind of place, as the rule says. */
export const rhythmOfKind = (kind: ReturnType<typeof sql.ref>) => {
  const of = (months: number) =>
    kinds.filter(({ code }) => defaultRhythm(code) === months).map(({ code }) => code as string);
  const [quick, usual, slow] = rhythms;
  return sql`case when ${kind} = any(${of(quick)}::text[]) then ${sql.lit(quick)}
    when ${kind} = any(${of(slow)}::text[]) then ${sql.lit(slow)} else ${sql.lit(usual)} end`;
};
