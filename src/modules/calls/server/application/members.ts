import { readEmail, unreadableEmail } from '#platform/email.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { ApplicationCommand, ApplicationEvent } from '../../application/application.ts';
import { readCall, settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { titleOf } from '../title.ts';
import { applicationRow, memberRole, noSuchApplication, takeStep } from './application-stream.ts';

/** What a member of a file may do, in the words of a list and of an invitation. */
export const memberWords = {
  signatory: 'signe et dépose',
  writer: 'écrit',
  reader: 'lit',
} as const;

const MOST_MEMBERS = 30;

/** The members of a file, whoever signs it first. Nothing for somebody who is not one. */
export const membersOf = async (context: PersonContext, id: string) => {
  if (!(await memberRole(context, id))) return [];
  const rows = await context.db
    .selectFrom('call_application_member')
    .select(['id', 'email', 'role', 'invited_at'])
    .where('application', '=', id)
    .orderBy('invited_at')
    .orderBy('id')
    .execute();
  const first = { signatory: 0, writer: 1, reader: 2 } as const;
  return rows.toSorted((a, b) => first[a.role] - first[b.role]);
};

/** Invites a mailbox to write or to read a file; asked again, changes what it may do. Whoever signs stays who signs. */
export const inviteMember = (
  context: PersonContext,
  id: string,
  asked: { readonly email: string; readonly role: string; readonly origin: string | undefined },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const { db, clock, actor } = inside;
    if (!(await memberRole(inside, id))) return noSuchApplication;
    const email = readEmail(asked.email);
    if (!email) return refuse(unreadableEmail);
    const role = asked.role === 'reader' ? 'reader' : 'writer';
    const members = await membersOf(inside, id);
    if (members.some((member) => member.email === email && member.role === 'signatory')) return refuse(signsAlready);
    if (members.length >= MOST_MEMBERS) return refuse(tooMany);
    const { id: member } = await db
      .insertInto('call_application_member')
      .values({ application: id, email, role, invited_by: actor.account, invited_at: clock.now() })
      .onConflict((known) => known.columns(['application', 'email']).doUpdateSet({ role }))
      .returning('id')
      .executeTakeFirstOrThrow();
    const done = await step(inside, id, 'invite', { type: 'MemberInvited-V1', data: { member } });
    if (done.ok) await tell(inside, id, email, asked.origin, invited(role));
    return done;
  });

/** Takes somebody off a file: their mailbox is forgotten, what they wrote stays. */
export const dismissMember = (context: PersonContext, id: string, member: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const known = (await membersOf(inside, id)).find((one) => one.id === member);
    if (!known) return refuse(noMember);
    if (known.role === 'signatory') return refuse(signs);
    return gone(inside, id, member, 'dismiss');
  });

/** Leaves a file. Whoever signs hands the signature over first. */
export const leaveFile = (context: PersonContext, id: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const own = (await membersOf(inside, id)).find(({ email }) => email === inside.actor.email);
    if (!own) return noSuchApplication;
    if (own.role === 'signatory') return refuse(signs);
    return gone(inside, id, own.id, 'leave');
  });

/** Hands the signature to a member, who is told; whoever signed until now writes. */
export const handOver = (
  context: PersonContext,
  id: string,
  asked: { readonly member: string; readonly origin: string | undefined },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    if (!(await memberRole(inside, id))) return noSuchApplication;
    // One after the other: two hands over at once would leave two signatures.
    await inside.db.selectFrom('call_application').select('id').where('id', '=', id).forNoKeyUpdate().execute();
    const to = (await membersOf(inside, id)).find((one) => one.id === asked.member);
    if (!to) return refuse(noMember);
    if (to.role === 'signatory') return refuse(signsAlready);
    const done = await step(inside, id, 'handOver', { type: 'SignatureHandedOver-V1', data: { member: to.id } });
    if (!done.ok) return done;
    const set = (role: 'signatory' | 'writer') =>
      inside.db.updateTable('call_application_member').set({ role }).where('application', '=', id);
    await set('writer').where('role', '=', 'signatory').execute();
    await set('signatory').where('id', '=', to.id).execute();
    await tell(inside, id, to.email, asked.origin, signsNow);
    return ok(undefined);
  });

const gone = async (
  inside: PersonContext,
  id: string,
  member: string,
  command: 'dismiss' | 'leave',
): Promise<Result<void>> => {
  if (!isUuid(member)) return refuse(noMember);
  const done = await step(inside, id, command, { type: 'MemberDismissed-V1', data: { member } });
  if (!done.ok) return done;
  await inside.db.deleteFrom('call_application_member').where('id', '=', member).execute();
  return ok(undefined);
};

const step = async (
  inside: PersonContext,
  id: string,
  command: ApplicationCommand,
  event: ApplicationEvent,
): Promise<Result<void>> => settled(await takeStep(inside, id, command, () => ok([event])));

const invited = (role: 'writer' | 'reader') => ({
  subject: 'Une candidature à écrire ensemble',
  words: `On vous invite à ${role === 'reader' ? 'lire' : 'écrire'} une candidature à cet appel à projets :`,
});
const signsNow = {
  subject: 'Vous signez une candidature',
  words: 'La signature d’une candidature à cet appel à projets vous est remise ; la déposer vous revient :',
};

const tell = async (
  inside: PersonContext,
  id: string,
  to: string,
  origin: string | undefined,
  { subject, words }: { readonly subject: string; readonly words: string },
): Promise<void> => {
  const row = await applicationRow(inside, id);
  const call = row && (await readCall(inside, row.call));
  if (!call) return;
  await inside.mail.post({
    ...{ to, subject },
    text: [
      ...['Bonjour,', '', words, await titleOf(inside, call), ''],
      'Connectez-vous avec cette adresse pour l’ouvrir :',
      `${origin ?? ''}/appels/espace/candidatures/${id}`,
    ].join('\n'),
  });
};

const noMember: Refusal = { code: 'no_member', message: 'Cette personne a déjà été retirée.' };
const signs: Refusal = {
  code: 'signs',
  message: 'La personne qui signe remet d’abord la signature à une autre.',
};
const signsAlready: Refusal = { code: 'signs_already', field: 'email', message: 'Cette adresse signe déjà.' };
const tooMany: Refusal = {
  code: 'too_many_members',
  field: 'email',
  message: `${MOST_MEMBERS} personnes au plus par candidature.`,
};
