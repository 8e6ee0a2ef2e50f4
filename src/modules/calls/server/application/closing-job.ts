import { sql } from 'kysely';
import { z } from 'zod';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { noId } from '#platform/ids.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { decideLapse } from '../../application/instruct.ts';
import { receiptNumber } from '../../application/receipt.ts';
import { deadlineWords } from '../../calendar.ts';
import type { CallState } from '../../call.ts';
import { placeOf } from '../call-view.ts';
import { titleOf } from '../title.ts';
import { takeStep } from './application-stream.ts';
import '../tables.ts';
import './instruction-tables.ts';

/** Hours before the closing at which drafts are warned. */
const WARNED = [72, 24] as const;
/** Minutes after the closing before drafts lapse: what the server received in time is finished by then. */
const SETTLED = 5;
/** Drafts taken at a time. */
const SOME = 200;

/** Warns drafts before the closing; after it, notes which lapse and tells the organisers. Begins again wherever it stopped. */
export const closingJob = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): AnyJob =>
  defineJob({
    name: 'calls.closing',
    data: z.object({}),
    purpose:
      'Prévient les candidatures non déposées 72 h et 24 h avant la limite, constate la clôture et prévient les organisateurs',
    every: '*/5 * * * *',
    handle: async (context) => {
      await warnDrafts(context, ORIGIN);
      await lapseDrafts(context);
      await tellOrganisers(context, ORIGIN);
    },
  });

/**
 * Writes to who signs or writes a draft, once three days before the closing and once the day before, unless their company has
 * deposited the same thing: a letter of intent is no application. Only drafts that existed at that moment; a closing that is put off warns again.
 */
export const warnDrafts = async (context: Context, origin: string | undefined): Promise<void> => {
  const { db, clock } = context;
  for (const hours of WARNED) {
    const next = WARNED.find((fewer) => fewer < hours) ?? 0;
    const key = sql<string>`'calls.draft/' || file.id || '/' || ${sql.lit(hours)} || '/'
      || extract(epoch from call.closes_at)::bigint || '/' || member.id`;
    const rows = await db
      .selectFrom('call_application as file')
      .innerJoin('call', 'call.id', 'file.call')
      .innerJoin('call_application_member as member', 'member.application', 'file.id')
      .leftJoin('mail_outbox as sent', (join) => join.on('sent.key', '=', key))
      .select(['file.id', 'file.number', 'file.title', 'file.kind', 'call.state', 'member.email', key.as('key')])
      .where('file.status', '=', 'draft')
      .where('member.role', 'in', ['signatory', 'writer'])
      .where('call.status', '=', 'published')
      .where('call.closes_at', '>', clock.now().add({ hours: next }))
      .where('call.closes_at', '<=', clock.now().add({ hours }))
      .where(sql<boolean>`file.started_at <= call.closes_at - ${sql.lit(hours)} * interval '1 hour'`)
      .where('sent.id', 'is', null)
      .where(sql<boolean>`not exists (
        select from call_application as other where other.call = file.call and other.siren = file.siren
          and other.kind = file.kind and other.siren <> '' and other.deposited_at is not null
          and other.status not in ('withdrawn', 'converted', 'closed'))`)
      .orderBy('file.id')
      .execute();
    for (const row of rows) await warn(context, row, origin);
  }
};

const warn = async (
  context: Context,
  row: {
    readonly id: string;
    readonly number: number;
    readonly title: string;
    readonly kind: 'full' | 'intent';
    readonly state: unknown;
    readonly email: string;
    readonly key: string;
  },
  origin: string | undefined,
): Promise<void> => {
  const call = row.state as CallState;
  if (!call.calendar) return;
  const { closesAt, zone } = call.calendar;
  const it = row.kind === 'intent' ? 'lettre d’intention' : 'candidature';
  await context.mail.post({
    ...{ to: row.email, key: row.key, subject: `Votre ${it} n’est pas déposée` },
    text: [
      ...['Bonjour,', '', `Cette ${it} est écrite ici, mais elle n’est pas déposée.`],
      `Limite de dépôt : ${deadlineWords(closesAt, zone, placeOf(context, call.territory).locative)}.`,
      ...['', `Appel : ${await titleOf(context, call)}`, `Projet : ${row.title || 'sans titre pour l’instant'}`],
      `Numéro : ${receiptNumber(call.slug, row.number)}`,
      ...['', 'Ce qui manque encore, et le bouton pour déposer :'],
      `${origin ?? ''}/appels/espace/candidatures/${row.id}/deposer`,
    ].join('\n'),
  });
};

/** Notes that drafts were not deposited, a little after the closing. Whatever was deposited is not touched. */
export const lapseDrafts = async (context: Context): Promise<void> => {
  const { db, clock } = context;
  const house = { ...context, actor: { kind: 'system' } as const };
  const closedBefore = clock.now().subtract({ minutes: SETTLED });
  for (let after: string = noId; ; ) {
    const drafts = await db
      .selectFrom('call_application as file')
      .innerJoin('call', 'call.id', 'file.call')
      .select(['file.id', 'call.state'])
      .where('file.status', '=', 'draft')
      .where('call.closes_at', '<=', closedBefore)
      .where('file.id', '>', after)
      .orderBy('file.id')
      .limit(SOME)
      .execute();
    for (const { id, state } of drafts) {
      const { calendar } = state as CallState;
      const done = await takeStep(house, id, 'lapse', () => decideLapse(calendar, clock.now()));
      // Somebody else may have been writing: the next run sees it again.
      if (!done.ok) context.log.info({ application: id, code: done.error.code }, 'a draft did not lapse');
      after = id;
    }
    if (drafts.length < SOME) return;
  }
};

/**
 * Tells each organiser’s agent, once, that a call is closed and where the list of deposits is. The list itself stays behind
 * the declaration of interests: a message would show, or count, what somebody is recused from (I-6).
 */
export const tellOrganisers = async (context: Context, origin: string | undefined): Promise<void> => {
  const { db, clock } = context;
  const closed = await db
    .selectFrom('call')
    .leftJoin('call_closing as told', 'told.call', 'call.id')
    .select(['call.id', 'call.state', 'call.closes_at'])
    .where('call.published_at', 'is not', null)
    .where('call.status', '!=', 'cancelled')
    .where('call.closes_at', '<=', clock.now().subtract({ minutes: SETTLED }))
    .where('told.call', 'is', null)
    .orderBy('call.id')
    .execute();
  for (const { id, state, closes_at } of closed) {
    if (!closes_at) continue;
    await inTransaction(context, async (inside) => {
      const mine = await inside.db
        .insertInto('call_closing')
        .values({ call: id, closes_at, told_at: clock.now() })
        .onConflict((known) => known.column('call').doNothing())
        .executeTakeFirst();
      if (mine.numInsertedOrUpdatedRows === 0n) return;
      for (const email of await organisersOf(inside, state as CallState))
        await inside.mail.post(await closedMail(inside, id, email, state as CallState, origin));
    });
  }
};

const closedMail = async (context: Context, id: string, to: string, call: CallState, origin: string | undefined) => ({
  ...{ to, subject: 'Un appel à projets est clos' },
  text: [
    ...['Bonjour,', '', 'Cet appel à projets est clos :', await titleOf(context, call), ''],
    'La liste de ce qui est déposé, à lire ou à emporter :',
    `${origin ?? ''}/appels/espace/${id}/candidatures`,
    ...['', 'Elle s’ouvre une fois vos intérêts déclarés pour cet appel.'],
  ].join('\n'),
});

/** The mailboxes of those who write a call for its organisers. */
export const organisersOf = async (
  { db, indexes }: Context,
  { agencies, territory }: Pick<CallState, 'agencies' | 'territory'>,
): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('agency_grant')
    .innerJoin('account', 'account.id', 'agency_grant.account')
    .select(['account.email', 'agency_grant.scope'])
    .where('agency', 'in', [...agencies])
    .where('role', 'in', ['administrator', 'coordinator'])
    .where('account.email', 'is not', null)
    .orderBy('account.email')
    .execute();
  const covers = coversIn(indexes.get(territoryIndex));
  return [...new Set(rows.flatMap(({ email, scope }) => (email !== null && covers(scope, territory) ? [email] : [])))];
};
