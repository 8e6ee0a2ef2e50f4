import { expect, test } from 'vitest';
import { parseTerritory, type Territory } from '#modules/territory/index.ts';
import type { Grant } from '#platform/permissions.ts';
import { answerInvitation, changeMember, invite, listInvitations } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { again, professionalsHouse, publishedRow, register, site } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';
import { networkEntries, networkView } from './network-view.ts';
import {
  answerRequest,
  askToJoin,
  endNetwork,
  networkLimits,
  networksAround,
  ownNetworks,
  startNetwork,
  takeOver,
} from './networks.ts';
import { eraseNote, writeNote } from './notes.ts';
import { writeToNetwork } from './relay.ts';

const code = (result: { ok: boolean; error?: { code: string } }): string => result.error?.code ?? 'ok';
const territory = (text: string): Territory => {
  const read = parseTerritory(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};
const coordinatorOf = (scope: Grant['scope']): Grant => ({ agency: 'departement', role: 'coordinator', scope });

const typed = { name: 'Réseau de Rennes', purpose: 'Se connaître, orienter mieux.', territory: 'departement:35' };

/** A network of Ille-et-Vilaine begun by Camille, and somebody else who is listed there. */
const aNetwork = async () => {
  const { context, as } = await professionalsHouse();
  const listed = async (email: string, name: string) => {
    const who = await as(email);
    const id = await publishedRow(who, name);
    return { who: await again(who), id, email };
  };
  const camille = await listed('camille@exemple.example', 'Camille Exemple');
  const dominique = await listed('dominique@exemple.example', 'Dominique Essai');
  const started = await startNetwork(camille.who, { ...typed, as: camille.id });
  if (!started.ok) throw new Error(started.error.message);
  const id = started.value;
  /** As at the next request of each. */
  const now = async (who: PersonContext) => again(who);
  const join = async (who: PersonContext): Promise<PersonContext> => {
    await askToJoin(who, id, 'Je voudrais en être.', site);
    const answered = await answerRequest(await now(camille.who), id, who.actor.account, true, site);
    if (!answered.ok) throw new Error(answered.error.message);
    return now(who);
  };
  return { context, as, camille, dominique, id, now, join };
};

test('somebody asks to join, the coordinator accepts, and both are told', async () => {
  const { context, as, camille, dominique, id, now } = await aNetwork();
  // A refusal is told too, and lets nobody in.
  const refused = await as('refus@exemple.example');
  await askToJoin(refused, id, 'x', site);
  await answerRequest(await now(camille.who), id, refused.actor.account, false, site);
  expect(context.posted.at(-1)?.text).toContain('n’a pas été acceptée');
  expect(await networkView(await now(refused), id)).toMatchObject({ mine: undefined, size: 1, asked: false });

  expect(code(await askToJoin(dominique.who, id, 'Bonjour, je suis sage-femme.', site))).toBe('ok');
  expect(code(await askToJoin(dominique.who, id, 'Je me reprends.', site))).toBe('ok');
  const told = context.posted.filter(({ subject }) => subject === 'Une demande pour rejoindre « Réseau de Rennes »');
  // Once for each person, however often the words change.
  expect(told.map(({ to }) => to)).toEqual([camille.email, camille.email]);
  const coordinator = await now(camille.who);
  expect((await networkView(coordinator, id))?.requests).toEqual([
    { account: dominique.who.actor.account, name: 'Dominique Essai', words: 'Je me reprends.' },
  ]);
  expect(code(await answerRequest(dominique.who, id, dominique.who.actor.account, true, site))).toBe('not_allowed');
  expect(code(await answerRequest(coordinator, id, dominique.who.actor.account, true, site))).toBe('ok');
  expect(code(await answerRequest(coordinator, id, dominique.who.actor.account, true, site))).toBe('no_such_request');
  expect(context.posted.at(-1)).toMatchObject({ to: dominique.email, subject: 'Bienvenue dans « Réseau de Rennes »' });
  const member = await now(dominique.who);
  expect(await networkView(member, id)).toMatchObject({ mine: 'reader', size: 2, coordinates: false, requests: [] });
  expect((await ownNetworks(member)).map(({ name, members }) => [name, members])).toEqual([['Réseau de Rennes', 2]]);
  expect(code(await askToJoin(member, id, 'x', site))).toBe('already_member');
});

test('one is invited by mail, joins from one’s account, and leaves in one tap; the last coordinator stays', async () => {
  const { context, as, camille, id, now } = await aNetwork();
  const coordinator = await now(camille.who);
  const asked = {
    organisation: id,
    organisationName: typed.name,
    email: 'invite@exemple.example',
    role: 'reader',
    origin: site,
  };
  expect(code(await invite(coordinator, asked))).toBe('ok');
  const guest = await as('invite@exemple.example');
  const [invitation] = await listInvitations(guest);
  expect(invitation?.organisation).toBe('Réseau de Rennes');
  expect(code(await answerInvitation(guest, invitation?.id ?? '', true))).toBe('ok');
  const member = await now(guest);
  expect((await networkView(member, id))?.members.map(({ name }) => name)).toEqual([
    'Camille Exemple',
    'Une personne sans nom affiché',
  ]);
  expect(JSON.stringify(await networkView(member, id))).not.toContain('@exemple.example');
  expect(code(await changeMember(member, id, guest.actor.account, undefined))).toBe('ok');
  expect((await networkView(await now(guest), id))?.mine).toBeUndefined();
  expect(code(await changeMember(coordinator, id, camille.who.actor.account, undefined))).toBe('last_owner');
  expect(context.posted.filter(({ to }) => to === 'invite@exemple.example')).toHaveLength(1);
});

test('notes of meetings are read by the members alone, the last meeting first; readers do not write them', async () => {
  const { as, camille, dominique, id, now, join } = await aNetwork();
  const coordinator = await now(camille.who);
  const note = {
    metOn: Temporal.PlainDate.from('2026-11-03'),
    title: 'Rencontre à la PMI',
    text: 'Nous étions sept.\nProchaine fois : janvier.',
  };
  expect(code(await writeNote(coordinator, id, note))).toBe('ok');
  expect(
    code(await writeNote(coordinator, id, { ...note, metOn: note.metOn.add({ days: 14 }), title: 'Ensuite' })),
  ).toBe('ok');
  expect(code(await writeNote(coordinator, id, { ...note, metOn: undefined }))).toBe('no_day');
  const agent = await as('agent@agence.example', coordinatorOf('region:53'));
  for (const outside of [dominique.who, agent]) {
    expect((await networkView(outside, id))?.notes).toEqual([]);
    expect((await networkView(outside, id))?.members).toEqual([]);
    expect(await networkEntries(outside, id)).toBeUndefined();
    expect(code(await writeNote(outside, id, note))).toBe('not_allowed');
  }
  const member = await join(dominique.who);
  const read = (await networkView(member, id))?.notes ?? [];
  expect(read.map(({ metOn, title }) => [metOn.toString(), title])).toEqual([
    ['2026-11-17', 'Ensuite'],
    ['2026-11-03', 'Rencontre à la PMI'],
  ]);
  expect(code(await writeNote(member, id, note))).toBe('not_allowed');
  expect(code(await eraseNote(member, id, read[0]?.id ?? ''))).toBe('not_allowed');
  expect(code(await eraseNote(coordinator, id, read[0]?.id ?? ''))).toBe('ok');
  expect((await networkView(member, id))?.notes).toHaveLength(1);
});

test('a member writes to all the others by the relay; who left receives nothing', async () => {
  const { context, as, camille, dominique, id, join } = await aNetwork();
  const member = await join(dominique.who);
  const third = await join(await as('trois@exemple.example'));
  expect(code(await writeToNetwork(member, id, 'Qui a une salle ?', site))).toBe('ok');
  const received = context.posted.filter(({ text }) => text.includes('> Qui a une salle ?'));
  expect(received.map(({ to }) => to).toSorted()).toEqual([camille.email, 'trois@exemple.example']);
  expect(received[0]?.text).toContain('Dominique Essai vous écrit par Mille jours, pour « Réseau de Rennes »');
  await changeMember(third, id, third.actor.account, undefined);
  expect(code(await writeToNetwork(third, id, 'x', site))).toBe('not_allowed');
  await writeToNetwork(member, id, 'Encore ?', site);
  expect(context.posted.filter(({ text }) => text.includes('> Encore ?')).map(({ to }) => to)).toEqual([camille.email]);
});

test('a network elsewhere, nowhere, without a name or a word, or with too long a name is refused to who is listed in Rennes', async () => {
  const { camille } = await aNetwork();
  const refused = async (changed: Partial<typeof typed>): Promise<string> =>
    code(await startNetwork(camille.who, { ...typed, as: camille.id, ...changed }));
  expect(await refused({ territory: 'departement:29' })).toBe('not_from_there');
  expect(await refused({ territory: 'departement:99' })).toBe('no_territory');
  expect(await refused({ territory: 'france' })).toBe('no_territory');
  expect(await refused({ name: ' \n ' })).toBe('text_missing');
  expect(await refused({ purpose: '' })).toBe('text_missing');
  expect(await refused({ name: 'é'.repeat(networkLimits.name + 1) })).toBe('text_too_long');
  // And five begun by one person are enough.
  for (let begun = 1; begun < networkLimits.started; begun += 1) expect(await refused({})).toBe('ok');
  expect(await refused({})).toBe('too_many_started');
});

test('a network is seen from around; who is not listed starts none; an agent does, in their territory, and may take one over or end it', async () => {
  const { context, as, camille, id, now } = await aNetwork();
  const seen = async (from: string) => (await networksAround(context, territory(from))).map(({ name }) => name);
  for (const from of ['departement:35', 'commune:35238', 'region:53']) expect(await seen(from)).toEqual([typed.name]);
  expect(await seen('departement:29')).toEqual([]);
  const stranger = await as('inconnu@exemple.example');
  expect(code(await startNetwork(stranger, { ...typed, as: '' }))).toBe('not_allowed');
  expect(code(await startNetwork(stranger, { ...typed, as: camille.id }))).toBe('not_allowed');
  const agent = await as('agent@agence.example', coordinatorOf('departement:35'));
  const elsewhere = await as('autre@agence.example', coordinatorOf('departement:29'));
  const moderator = await as('relecture@agence.example', { ...coordinatorOf('departement:35'), role: 'moderator' });
  expect(code(await startNetwork(agent, { ...typed, as: '' }))).toBe('ok');
  expect(code(await startNetwork(moderator, { ...typed, as: '' }))).toBe('not_allowed');
  for (const who of [elsewhere, moderator, stranger]) {
    expect(code(await takeOver(who, id))).toBe('not_allowed');
    expect(code(await endNetwork(who, id))).toBe('not_allowed');
  }
  expect(code(await takeOver(agent, id))).toBe('ok');
  expect((await networkView(await now(agent), id))?.mine).toBe('owner');
  expect(code(await endNetwork(await now(agent), id))).toBe('ok');
  expect(await networkView(camille.who, id)).toBeUndefined();
  expect(await ownNetworks(await now(camille.who))).toEqual([]);
  expect(code(await endNetwork(agent, id))).toBe('no_such_network');
  expect(code(await askToJoin(stranger, 'x', 'x', site))).toBe('no_such_network');
});

test('the list of the members holds what they publish, and not the street of who works at home', async () => {
  const { camille, id, now, join, as } = await aNetwork();
  const office = await as('cabinet@exemple.example');
  await register(office, { vous: form({ name: 'Maxime Modèle' }, stepForms.vous) });
  await join(await now(office));
  const home = await as('maison@exemple.example');
  await register(home, {
    vous: form({ name: 'Claude Logis', profession: 'assistant-maternel', atHome: 'on' }, stepForms.vous),
    lieux: form({ 'places-0-line': '9 allée Secrète' }, stepForms.lieux),
  });
  await join(await now(home));
  const entries = (await networkEntries(await now(camille.who), id)) ?? [];
  expect(entries.map(({ name, commune }) => [name, commune])).toEqual([
    ['Cabinet, Maxime Modèle', 'Rennes'],
    [expect.stringContaining('Claude Logis'), 'Rennes'],
  ]);
  expect(entries[0]).toMatchObject({
    ...{ phone: '02 99 00 00 00', services: ['Entretiens et consultations'], priorities: [2] },
  });
  expect(entries[1]?.address).toBeNull();
  expect(JSON.stringify(entries)).not.toMatch(/Secrète|camille@exemple\.fr/);
});
