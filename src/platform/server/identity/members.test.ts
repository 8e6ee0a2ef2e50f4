import { expect, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { signedIn } from '#testing/person.ts';
import type { Person } from '../context.ts';
import { readStream } from '../journal/journal.ts';
import { verifyJournal } from '../journal/verify.ts';
import {
  answerInvitation,
  changeMember,
  invite,
  listInvitations,
  listInvited,
  listMembers,
  revokeInvitation,
} from './members.ts';

const organisation = '7';
const invitation = { organisation, organisationName: 'PMI de Bégard', origin: 'https://ici.example' };

const team = async () => {
  const { db } = await testDatabase();
  const clock = fixedClock('2026-11-21T10:00:00Z');
  const context = testContext(db, { clock });
  const as = (actor: Person) => ({ ...context, actor });
  const owner = await signedIn(context, 'odile@pmi.example', { memberships: [{ organisation, role: 'owner' }] });
  const editor = await signedIn(context, 'ines@pmi.example', { memberships: [{ organisation, role: 'editor' }] });
  const stranger = await signedIn(context, 'paul@mam.example', { memberships: [{ organisation: '8', role: 'owner' }] });
  return { db, clock, context, as, owner, editor, stranger };
};

const rolesOf = async (context: Parameters<typeof listMembers>[0]) =>
  (await listMembers(context, organisation)).map(({ email, role }) => `${email} ${role}`);

test('an owner invites; whoever proves that mailbox accepts, and nobody else', async () => {
  const { context, as, owner, stranger } = await team();
  expect(await invite(as(owner), { ...invitation, email: 'Léa@PMI.example', role: 'editor' })).toMatchObject({
    ok: true,
  });
  expect(context.posted.at(-1)).toMatchObject({
    to: 'léa@pmi.example',
    subject: 'Rejoindre «\u00a0PMI de Bégard\u00a0» sur Mille jours',
    text: expect.stringContaining('https://ici.example/mon-compte'),
  });
  // A name that holds an address is not carried into the mailbox of somebody who asked for nothing.
  const named = { ...invitation, organisationName: 'Gagnez sur www.exemple.fr', role: 'editor' };
  const inviting = { ...as(owner), actor: { ...as(owner).actor, name: 'https://exemple.fr' } };
  await invite(inviting, { ...named, email: 'zoé@pmi.example' });
  expect(context.posted.at(-1)?.subject).toBe('Rejoindre une équipe sur Mille jours');
  expect(context.posted.at(-1)?.text).not.toContain('exemple.fr');
  const lea = await signedIn(context, 'léa@pmi.example');
  const [waiting] = await listInvitations(as(lea));
  expect(waiting).toMatchObject({ organisation: 'PMI de Bégard', role: 'editor' });
  const id = waiting?.id ?? '';
  expect(await listInvitations(as(stranger))).toEqual([]);
  expect(await answerInvitation(as(stranger), id, true)).toMatchObject({ ok: false, error: { code: 'no_invitation' } });
  expect(await answerInvitation(as(lea), id, true)).toMatchObject({ ok: true });
  expect(await answerInvitation(as(lea), id, true)).toMatchObject({ ok: false });
  expect(await rolesOf(context)).toContain('léa@pmi.example editor');
});

test.each([
  [
    'taken back',
    async ({ as, owner }: Awaited<ReturnType<typeof team>>, id: string) =>
      revokeInvitation(as(owner), organisation, id),
  ],
  ['two weeks old', async ({ clock }: Awaited<ReturnType<typeof team>>) => clock.moveTo('2026-12-05T10:00:00Z')],
])('an invitation that is %s is refused', async (_what, happens) => {
  const site = await team();
  const { context, as, owner } = site;
  await invite(as(owner), { ...invitation, email: 'lea@pmi.example', role: 'owner' });
  const lea = await signedIn(context, 'lea@pmi.example');
  const [waiting] = await listInvitations(as(lea));
  await happens(site, waiting?.id ?? '');
  expect(await answerInvitation(as(lea), waiting?.id ?? '', true)).toMatchObject({ ok: false });
  expect(await rolesOf(context)).toHaveLength(2);
});

test('an editor, a stranger and an owner of another team can neither invite, nor take back, nor change anybody', async () => {
  const { context, as, owner, editor, stranger } = await team();
  await invite(as(owner), { ...invitation, email: 'lea@pmi.example', role: 'reader' });
  const [waiting] = await listInvited(context, organisation);
  for (const person of [editor, stranger]) {
    expect(await invite(as(person), { ...invitation, email: 'x@y.example', role: 'owner' })).toMatchObject({
      ok: false,
    });
    expect(await revokeInvitation(as(person), organisation, waiting?.id ?? '')).toMatchObject({ ok: false });
    expect(await changeMember(as(person), organisation, owner.account, undefined)).toMatchObject({ ok: false });
    expect(await changeMember(as(person), organisation, person.account, 'owner')).toMatchObject({ ok: false });
  }
  // Another team's owner, by the identifier of an invitation that is not theirs.
  expect(await revokeInvitation(as(stranger), '8', waiting?.id ?? '')).toMatchObject({ ok: true });
  expect(await listInvited(context, organisation)).toHaveLength(1);
  expect(await rolesOf(context)).toEqual(['odile@pmi.example owner', 'ines@pmi.example editor']);
});

test('somebody who was removed, and still has the page open, is refused', async () => {
  const { as, owner, editor } = await team();
  expect(await changeMember(as(owner), organisation, editor.account, undefined)).toMatchObject({ ok: true });
  expect(
    await invite(as({ ...editor, memberships: [{ organisation, role: 'owner' }] }), {
      ...invitation,
      email: 'x@y.example',
      role: 'owner',
    }),
  ).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
});

test('a team is never left without an owner, even when two owners remove each other at once', async () => {
  const { context, as, owner, editor } = await team();
  expect(await changeMember(as(owner), organisation, owner.account, undefined)).toMatchObject({
    ok: false,
    error: { code: 'last_owner' },
  });
  expect(await changeMember(as(owner), organisation, owner.account, 'reader')).toMatchObject({ ok: false });
  expect(await changeMember(as(owner), organisation, editor.account, 'owner')).toMatchObject({ ok: true });
  await Promise.all([
    changeMember(as(owner), organisation, editor.account, undefined),
    changeMember(as(editor), organisation, owner.account, undefined),
  ]);
  expect((await rolesOf(context)).filter((member) => member.endsWith(' owner'))).not.toHaveLength(0);
});

test.each([
  ['no address', { email: 'léa', role: 'editor' }, 'email_unreadable'],
  ['two addresses', { email: 'a@b.example\nBcc: c@d.example', role: 'editor' }, 'email_unreadable'],
  ['a role that is none', { email: 'a@b.example', role: 'king' }, 'role_missing'],
  ['a member already', { email: 'INES@pmi.example', role: 'editor' }, 'already_member'],
])('%s is refused', async (_what, typed, code) => {
  const { context, as, owner } = await team();
  expect(await invite(as(owner), { ...invitation, ...typed })).toMatchObject({ ok: false, error: { code } });
  expect(context.posted).toEqual([]);
});

test('the name of a team writes neither a header nor a line of its own in the message', async () => {
  const { context, as, owner } = await team();
  const organisationName = 'PMI\r\nBcc: tous@ailleurs.example\n\nVotre compte est bloqué';
  await invite(as(owner), { ...invitation, organisationName, email: 'lea@pmi.example', role: 'editor' });
  const mail = context.posted.at(-1);
  expect(mail?.subject).not.toMatch(/\p{Cc}/u);
  expect(mail?.text).not.toMatch(/^Bcc|^Votre compte/m);
});

test('the journal tells who joined and left, by accounts only', async () => {
  const { context, db, as, owner, editor } = await team();
  await changeMember(as(owner), organisation, editor.account, undefined);
  const events = await readStream(db, 'members/7');
  expect(events.map(({ type, actor }) => [type, actor])).toEqual([
    ['MemberSet-V1', 'visitor'],
    ['MemberSet-V1', 'visitor'],
    ['MemberLeft-V1', `person:${owner.account}`],
  ]);
  expect(JSON.stringify(events)).not.toContain('@');
  expect((await verifyJournal(context.db)).troubles).toEqual([]);
});
