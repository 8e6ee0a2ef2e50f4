import { readEmail, unreadableEmail } from '#platform/email.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { oneLine } from '#platform/text.ts';
import type { CallState } from '../call.ts';
import { commandCall, settled } from './call-stream.ts';
import { titleOf } from './title.ts';
import './tables.ts';

/** What a partner does for a call. One may do several. */
export const partnerTasks = {
  write: 'Écrire le cahier des charges',
  analyse: 'Éclairer l’analyse des dossiers',
  relay: 'Relayer l’appel',
  fund: 'Cofinancer',
} as const;

const MOST_PARTNERS = 60;

/** Invites a partner by their mailbox. Whoever signs in with it finds the call in their space. */
export const invitePartner = (
  context: PersonContext,
  id: string,
  asked: {
    readonly organisation: string;
    readonly kind: string;
    readonly email: string;
    readonly tasks: readonly string[];
    readonly origin: string | undefined;
  },
): Promise<Result<void>> =>
  inTransaction(context, async (within) => {
    const inside: PersonContext = { ...within, actor: context.actor };
    const organisation = oneLine(asked.organisation).slice(0, 120);
    const email = readEmail(asked.email);
    const tasks = Object.keys(partnerTasks).filter((task) => asked.tasks.includes(task));
    if (organisation === '') return refuse(noOrganisation);
    if (!email) return refuse(unreadableEmail);
    if ((await partnersOf(inside, id)).length >= MOST_PARTNERS) return refuse(tooMany);
    const row = { organisation, kind: oneLine(asked.kind).slice(0, 40), tasks };
    const { id: partner } = await inside.db
      .insertInto('call_partner')
      .values({ ...row, call: id, email, invited_by: inside.actor.account, invited_at: inside.clock.now() })
      .onConflict((known) => known.columns(['call', 'email']).doUpdateSet(row))
      .returning('id')
      .executeTakeFirstOrThrow();
    const done = await commandCall(inside, id, { command: 'invite', partner });
    if (!done.ok) return done;
    const title = await titleOf(inside, done.value);
    await inside.mail.post({
      ...{ to: email, subject: 'Écrire ensemble un appel à projets des 1000 premiers jours' },
      text: [
        ...['Bonjour,', '', `${organisation} est associé à cet appel à projets :`, title, ''],
        ...['Connectez-vous avec cette adresse pour le lire, commenter et proposer :'],
        asked.origin ? `${asked.origin}/appels/espace/${id}` : `/appels/espace/${id}`,
      ].join('\n'),
    });
    return ok(undefined);
  });

/** Takes a partner off: their mailbox is forgotten, what they wrote stays. */
export const dismissPartner = (context: PersonContext, id: string, partner: string): Promise<Result<void>> =>
  inTransaction(context, async (within) => {
    const inside: PersonContext = { ...within, actor: context.actor };
    if (!isUuid(partner)) return refuse(noPartner);
    const gone = await inside.db
      .deleteFrom('call_partner')
      .where('id', '=', partner)
      .where('call', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (!gone) return refuse(noPartner);
    return settled(await commandCall(inside, id, { command: 'dismiss', partner }));
  });

/** The partners of a call, in the order of their invitation. */
export const partnersOf = ({ db }: Pick<Context, 'db'>, id: string) =>
  db
    .selectFrom('call_partner')
    .select(['id', 'organisation', 'kind', 'email', 'tasks'])
    .where('call', '=', id)
    .orderBy('invited_at')
    .orderBy('id')
    .execute();

const news = {
  published: { subject: 'Un appel à projets à relayer', words: 'Cet appel à projets est publié :' },
  amended: {
    subject: 'Un appel à projets a changé',
    words: 'Un additif vient d’être publié pour cet appel à projets :',
  },
  cancelled: { subject: 'Un appel à projets est annulé', words: 'Cet appel à projets est annulé :' },
} as const;

/** Tells the partners who relay a call that it is published, changed or cancelled. */
export const tellPartners = async (
  context: Context,
  id: string,
  call: CallState,
  what: keyof typeof news,
  origin: string | undefined,
): Promise<void> => {
  const title = await titleOf(context, call);
  const page = `${origin ?? ''}/appels/${call.slug}`;
  for (const { email, tasks } of await partnersOf(context, id)) {
    if (!tasks.includes('relay')) continue;
    await context.mail.post({
      ...{ to: email, subject: news[what].subject },
      text: [
        ...['Bonjour,', '', news[what].words, title, page],
        ...(what === 'cancelled' ? [] : ['', `De quoi le relayer : ${page}/relais`]),
      ].join('\n'),
    });
  }
};

const noOrganisation: Refusal = { code: 'organisation_missing', field: 'organisation', message: 'Nommez l’organisme.' };
const noPartner: Refusal = { code: 'no_partner', message: 'Ce partenaire a déjà été retiré.' };
const tooMany: Refusal = { code: 'too_many_partners', message: `${MOST_PARTNERS} partenaires au plus.` };
