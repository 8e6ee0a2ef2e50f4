import { readEmail, unreadableEmail } from '#platform/email.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import { oneLine } from '#platform/text.ts';
import type { CallState } from '../../call.ts';
import { kindOf } from '../../call-kind.ts';
import { sirenOf } from '../../selection/grounds.ts';
import {
  decideJury,
  evolveJury,
  type JuryEvent,
  type JuryOrder,
  type JuryRole,
  type JuryState,
  jurorQualities,
  noJury,
  voices,
} from '../../selection/jury.ts';
import { noSuchCall, readCall, settled } from '../call-stream.ts';
import { roleFor } from '../call-view.ts';
import { asOne } from '../calls.ts';
import { frameOf } from '../frames.ts';
import { keepText } from '../rows.ts';
import { titleOf } from '../title.ts';
import './tables.ts';

/** The jury of a call is a stream of the call’s id; its row holds the same state. */
export const juryStream: StreamDefinition<JuryState, JuryEvent> = {
  name: 'jury',
  initial: noJury,
  evolve: evolveJury,
  project: async ({ db, clock }, call, state) => {
    const row = { state: JSON.stringify(state), changed_at: clock.now() };
    await db
      .insertInto('call_jury')
      .values({ call, ...row })
      .onConflict((known) => known.column('call').doUpdateSet(row))
      .execute();
  },
};

/** The jury of a call as it stands. */
export const juryOf = async ({ db }: Pick<Context, 'db'>, call: string): Promise<JuryState> => {
  const row = await db.selectFrom('call_jury').select('state').where('call', '=', call).executeTakeFirst();
  return (row?.state ?? noJury) as JuryState;
};

/** The actors that the frame of a call recommends to bring together; none for a call without a frame. */
export const groupsOf = ({ kind, frame }: CallState) => (kindOf(kind).framed ? frameOf(frame).partners : []);

/** One command on the jury of a call, in the transaction of the caller. */
const commandJury = async (context: PersonContext, id: string, order: JuryOrder): Promise<Result<JuryState>> => {
  const call = await readCall(context, id);
  if (!call) return refuse(noSuchCall);
  if (call.status === 'cancelled') return refuse(cancelled);
  const asked = 'member' in order && typeof order.member === 'string' ? order.member : undefined;
  const role = await juryRole(context, id, call, order.command, asked);
  const groups = groupsOf(call).map(({ code }) => code);
  return withStream(context, juryStream, id, (state) => decideJury(state, order, { role, groups }));
};

const juryRole = async (
  context: PersonContext,
  id: string,
  call: CallState,
  command: JuryOrder['command'],
  asked: string | undefined,
): Promise<JuryRole> => {
  const own = await sittingRow(context, id);
  if (command === 'delegate') return own && (await juryOf(context, id)).president === own.id ? 'president' : 'other';
  const role = await roleFor(context, id, call);
  if (role === 'approver' || role === 'writer') return 'organiser';
  return command === 'leave' && own !== undefined && own.id === asked ? 'self' : 'other';
};

/** The row of the actor in the jury of a call, while they sit in it. */
export const sittingRow = ({ db, actor }: PersonContext, call: string) =>
  db
    .selectFrom('call_juror')
    .selectAll()
    .where('call', '=', call)
    .where('email', '=', actor.email)
    .where('left_at', 'is', null)
    .executeTakeFirst();

/** Somebody to invite, as the form says it. */
export interface Invited {
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly siren: string;
  /** Other organisations that they speak for: SIREN, one after the other. */
  readonly represents: string;
  readonly quality: string;
  readonly voice: string;
  readonly group: string;
  readonly origin: string | undefined;
}

/** Invites somebody to the jury by their mailbox. They declare their interests first; nothing else opens. */
export const inviteJuror = (context: PersonContext, call: string, invited: Invited): Promise<Result<string>> =>
  asOne(context, (inside) => invite(inside, call, invited));

/** Puts somebody in the place of a member, who leaves: what they declared stays. */
export const replaceJuror = (
  context: PersonContext,
  call: string,
  member: string,
  invited: Invited,
): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const left = await leave(inside, call, member);
    return left.ok ? invite(inside, call, invited) : left;
  });

/** Somebody leaves the jury: by an organiser, or by themselves. */
export const leaveJury = (context: PersonContext, call: string, member: string): Promise<Result<void>> =>
  asOne(context, (inside) => leave(inside, call, member));

/** Names who presides the jury, or who acts for the president on the files from which they are recused. */
export const nameInJury = (
  context: PersonContext,
  call: string,
  command: 'preside' | 'delegate',
  member: string,
): Promise<Result<void>> =>
  asOne(context, async (inside) => settled(await commandJury(inside, call, { command, member })));

/** Says that the jury is a body that exists already; nothing: it is its own. */
export const pointToBody = (context: PersonContext, call: string, typed: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const body = await keepText(inside, typed, 'body');
    if (!body.ok) return body;
    return settled(await commandJury(inside, call, { command: 'pointTo', body: body.value ?? null }));
  });

/** Settles the composition; whoever is left out of the actors recommended is said why. */
export const settleJury = (context: PersonContext, call: string, typed: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const motive = await keepText(inside, typed, 'motive');
    if (!motive.ok) return motive;
    return settled(await commandJury(inside, call, { command: 'settle', motive: motive.value ?? null }));
  });

const MOST_MEMBERS = 60;

const invite = async (inside: PersonContext, call: string, invited: Invited): Promise<Result<string>> => {
  const { db, actor, clock } = inside;
  const state = await readCall(inside, call);
  if (!state) return refuse(noSuchCall);
  const said = readInvited(
    invited,
    groupsOf(state).map(({ code }) => code),
  );
  if (!said.ok) return said;
  const { email } = said.value;
  const sitting = await db
    .selectFrom('call_juror')
    .select('email')
    .where('call', '=', call)
    .where('left_at', 'is', null)
    .execute();
  if (sitting.some((one) => one.email === email)) return refuse(already);
  if (sitting.length >= MOST_MEMBERS) return refuse(tooMany);
  const { group, ...row } = said.value;
  const { id } = await db
    .insertInto('call_juror')
    .values({ ...row, call, partner_group: group, invited_by: actor.account, invited_at: clock.now(), left_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { quality, voice } = said.value;
  const done = await commandJury(inside, call, { command: 'invite', member: { id, quality, voice, group } });
  if (!done.ok) return done;
  await inside.mail.post({
    ...{ to: email, subject: 'Siéger au jury d’un appel à projets des 1000 premiers jours' },
    text: [
      ...[
        'Bonjour,',
        '',
        'Vous êtes invité ou invitée au jury de cet appel à projets :',
        await titleOf(inside, state),
        '',
      ],
      ...['Avant que quoi que ce soit ne s’ouvre, connectez-vous avec cette adresse et dites vos intérêts :'],
      `${invited.origin ?? ''}/appels/espace/${call}/interets`,
    ].join('\n'),
  });
  return ok(id);
};

const leave = async (inside: PersonContext, call: string, member: string): Promise<Result<void>> => {
  if (!isUuid(member)) return refuse(nobody);
  const done = await commandJury(inside, call, { command: 'leave', member });
  if (!done.ok) return done;
  await inside.db
    .updateTable('call_juror')
    .set({ left_at: inside.clock.now() })
    .where('id', '=', member)
    .where('call', '=', call)
    .execute();
  return ok(undefined);
};

/** Whoever sits in a jury and whose account is erased leaves it; by the house, in the transaction of the erasure. */
export const leaveErased = async (inside: Context, call: string, member: string): Promise<Result<void>> => {
  const done = await withStream(inside, juryStream, call, (state) =>
    state.members.some(({ id, sits }) => id === member && sits)
      ? decideJury(state, { command: 'leave', member }, { role: 'self', groups: [] })
      : ok([]),
  );
  if (!done.ok) return done;
  await inside.db
    .updateTable('call_juror')
    .set({ left_at: inside.clock.now() })
    .where('id', '=', member)
    .where('left_at', 'is', null)
    .execute();
  return ok(undefined);
};

const readInvited = (typed: Invited, groups: readonly string[]) => {
  const email = readEmail(typed.email);
  if (!email) return refuse(unreadableEmail);
  const name = oneLine(typed.name).slice(0, 120);
  const organisation = oneLine(typed.organisation).slice(0, 120);
  if (name === '') return refuse(noName);
  if (organisation === '') return refuse(noOrganisation);
  const siren = typed.siren.trim() === '' ? '' : sirenOf(typed.siren);
  if (siren === undefined) return refuse(noSiren('siren'));
  const represents: string[] = [];
  for (const one of typed.represents.split(/[,;\n]+/).filter((part) => part.trim() !== '')) {
    const read = sirenOf(one);
    if (read === undefined) return refuse(noSiren('represents'));
    represents.push(read);
  }
  const quality = codeOf(jurorQualities, typed.quality);
  const voice = codeOf(voices, typed.voice);
  if (!quality || !voice) return refuse(noQuality);
  const group = groups.find((code) => code === typed.group) ?? '';
  return ok({ name, email, organisation, siren, represents: [...new Set(represents)], quality, voice, group });
};

const codeOf = <Code extends string>(words: Readonly<Record<Code, string>>, typed: string): Code | undefined =>
  (Object.keys(words) as Code[]).find((code) => code === typed);

const cancelled: Refusal = { code: 'call_cancelled', message: 'Cet appel est annulé.' };
const already: Refusal = {
  ...{ code: 'already_invited', field: 'email' },
  message: 'Cette adresse est déjà au jury de cet appel.',
};
const tooMany: Refusal = { code: 'too_many_members', message: `${MOST_MEMBERS} membres au plus.` };
const nobody: Refusal = { code: 'no_member', message: 'Cette personne n’est plus au jury.' };
const noName: Refusal = { code: 'name_missing', field: 'name', message: 'Nommez la personne.' };
const noOrganisation: Refusal = { code: 'organisation_missing', field: 'organisation', message: 'Nommez l’organisme.' };
const noSiren = (field: string): Refusal => ({
  ...{ code: 'siren_unreadable', field },
  message: 'Un SIREN a 9 chiffres, un SIRET 14.',
});
const noQuality: Refusal = {
  ...{ code: 'quality_missing', field: 'quality' },
  message: 'Dites en quelle qualité cette personne siège, et si elle vote.',
};
