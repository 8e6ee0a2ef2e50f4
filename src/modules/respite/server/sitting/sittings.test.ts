import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { applyRetention } from '#platform/server/retention/apply.ts';
import type { TestContext } from '#testing/context.ts';
import { killedAtEach } from '#testing/killed.ts';
import { again, moderatorOf, professionalsHouse, register, site } from '#testing/professionals.ts';
import type { TypedSitting } from '../../sitting-request.ts';
import { respiteRetention } from '../retention.ts';
import { reportSitting, settleSittingReport, sittingReports } from './reports.ts';
import { askToRun, decideTeam } from './run-team.ts';
import { readSitting, teamRequests } from './sitting-views.ts';
import { answerAsTeam, answerSitting, MOST_WAITING, proposeVolunteer, requestSitting } from './sittings.ts';
import { openTeamsFor, teamsToDecide } from './teams.ts';
import { addVolunteer, leaveVolunteers, ownVolunteers, removeVolunteer } from './volunteers.ts';

const typed = (changed: Partial<TypedSitting> = {}): TypedSitting => ({
  ...{ day: '2026-11-28', part: 'soir', children: '1', ages: ['un-an'], name: 'Alex' },
  ...{ email: 'famille@exemple.fr', phone: '06 39 98 00 01', ...changed },
});
const run = { reach: 'epci', words: 'Nous rencontrons chaque bénévole deux fois, avec un extrait de casier.' };

/** The word in the last message to somebody. */
const wordFor = (context: TestContext, email: string): string => {
  const mail = context.posted.findLast(({ to, text }) => to === email && text.includes('/souffler/garde/'));
  return /\/souffler\/garde\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
};

/** An open team in Rennes with one volunteer. */
const openTeam = async () => {
  const house = await professionalsHouse();
  const first = await house.as('asso@exemple.fr');
  const id = await register(first);
  const team = await again(first);
  const moderator = await house.as('pmi@exemple.fr', moderatorOf('departement:35'));
  expect((await askToRun(team, id, run)).ok).toBe(true);
  expect((await decideTeam(moderator, id, 'open', site)).ok).toBe(true);
  expect((await addVolunteer(team, id, { name: 'Sam', email: 'sam@exemple.fr', phone: '' }, site)).ok).toBe(true);
  const [volunteer] = await ownVolunteers(team, id);
  return { ...house, team, moderator, id, volunteer: volunteer?.id ?? '' };
};

const asked = async ({ context, id }: Awaited<ReturnType<typeof openTeam>>, changed: Partial<TypedSitting> = {}) => {
  const done = await requestSitting(context, { registration: id, insee: '35238' }, typed(changed), site);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return wordFor(context, typed(changed).email);
};

test('a team opens only when a moderator of its territory says so, for the families of its territory', async () => {
  const { context, as } = await professionalsHouse();
  const first = await as('asso@exemple.fr');
  const id = await register(first);
  const team = await again(first);
  expect(await askToRun(await as('autre@exemple.fr'), id, run)).toMatchObject({ error: [{ code: 'not_allowed' }] });
  expect(await askToRun(team, id, { reach: 'monde', words: '' })).toMatchObject({
    error: [{ field: 'reach' }, { field: 'words' }],
  });
  expect((await askToRun(team, id, run)).ok).toBe(true);
  expect(await openTeamsFor(context, '35238')).toEqual([]);
  const refused = await requestSitting(context, { registration: id, insee: '35238' }, typed(), site);
  expect(refused).toMatchObject({ error: [{ code: 'no_team' }] });

  for (const scope of ['departement:974', 'departement:29'] as const) {
    const elsewhere = await as(`${scope.slice(12)}@exemple.fr`, moderatorOf(scope));
    expect(await decideTeam(elsewhere, id, 'open', site)).toMatchObject({ error: { code: 'not_allowed' } });
    expect(await teamsToDecide(elsewhere)).toEqual([]);
  }
  expect(await decideTeam(team, id, 'open', site)).toMatchObject({ error: { code: 'not_allowed' } });
  const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
  expect(await teamsToDecide(moderator)).toMatchObject([{ registration: id, status: 'asked' }]);
  expect((await decideTeam(moderator, id, 'open', site)).ok).toBe(true);

  expect(await openTeamsFor(context, '35238')).toMatchObject([{ registration: id, words: run.words }]);
  // Cesson-Sévigné is of Rennes Métropole, Paimpont is not.
  expect((await openTeamsFor(context, '35051')).length).toBe(1);
  expect(await openTeamsFor(context, '35211')).toEqual([]);
  expect(await requestSitting(context, { registration: id, insee: '35211' }, typed(), site)).toMatchObject({
    error: [{ code: 'no_team' }],
  });
  expect((await decideTeam(team, id, 'close', site)).ok).toBe(true);
  expect(await openTeamsFor(context, '35238')).toEqual([]);
});

test('contacts are shown to each side when both agreed, and to nobody before', async () => {
  const house = await openTeam();
  const { context, team, id, volunteer } = house;
  const parent = await asked(house);
  const [request] = await teamRequests(team, id);
  expect(JSON.stringify(request)).not.toMatch(/famille@|06 39/);
  expect(request).toMatchObject({ name: 'Alex', status: 'waiting' });

  const order = { registration: id, request: request?.id ?? '', volunteer };
  expect((await proposeVolunteer(team, order, site)).ok).toBe(true);
  const helper = wordFor(context, 'sam@exemple.fr');
  expect(await readSitting(context, parent)).toMatchObject({ request: { other: 'Sam', contact: undefined } });
  expect(await readSitting(context, helper)).toMatchObject({ request: { other: 'Alex', contact: undefined } });

  expect((await answerSitting(context, helper, 'agree', site)).ok).toBe(true);
  expect(await answerSitting(context, helper, 'agree', site)).toMatchObject({ error: { code: 'not_now' } });
  expect(await readSitting(context, parent)).toMatchObject({ request: { contact: undefined } });
  expect((await answerSitting(context, parent, 'agree', site)).ok).toBe(true);
  expect(await readSitting(context, parent)).toMatchObject({ request: { contact: { email: 'sam@exemple.fr' } } });
  expect(await readSitting(context, helper)).toMatchObject({
    request: { contact: { email: 'famille@exemple.fr', phone: '06 39 98 00 01' } },
  });

  // Somebody cannot come any more: nothing is shown any longer, and it waits for somebody else.
  expect((await answerSitting(context, helper, 'decline', site)).ok).toBe(true);
  expect(await readSitting(context, helper)).toMatchObject({ request: undefined });
  expect(await readSitting(context, parent)).toMatchObject({ request: { status: 'waiting', contact: undefined } });
  expect(await answerSitting(context, helper, 'agree', site)).toMatchObject({ error: { code: 'no_request' } });

  for (const { subject, text } of context.posted) {
    expect(subject).not.toMatch(/enfant|garde|bébé|souffl|baby/i);
    expect(text).not.toMatch(/Alex|Sam|06 39|1 an|soir/);
  }
});

test('two who answer at once are both heard', async () => {
  const house = await openTeam();
  const { context, team, id, volunteer } = house;
  const parent = await asked(house);
  const [request] = await teamRequests(team, id);
  await proposeVolunteer(team, { registration: id, request: request?.id ?? '', volunteer }, site);
  const helper = wordFor(context, 'sam@exemple.fr');
  const answers = await Promise.all([
    answerSitting(context, parent, 'agree', site),
    answerSitting(context, helper, 'agree', site),
  ]);
  expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
  expect(await readSitting(context, parent)).toMatchObject({ request: { status: 'agreed' } });
});

test('a forged word opens nothing; another organisation sees and proposes nothing', async () => {
  const house = await openTeam();
  const { context, as, team, id, volunteer, moderator } = house;
  const parent = await asked(house);
  for (const forged of ['', 'x', `${parent.slice(0, 42)}!`, 'a'.repeat(43), id]) {
    expect(await readSitting(context, forged)).toBeUndefined();
    expect((await answerSitting(context, forged, 'close', site)).ok).toBe(false);
    expect((await reportSitting(context, forged, 'Bonjour', site)).ok).toBe(false);
  }
  const rival = await as('rival@exemple.fr');
  const theirs = await register(rival);
  const [request] = await teamRequests(team, id);
  const order = { registration: theirs, request: request?.id ?? '', volunteer };
  expect(await proposeVolunteer(await again(rival), order, site)).toMatchObject({ error: { code: 'no_request' } });
  expect(await proposeVolunteer(rival, { ...order, registration: id }, site)).toMatchObject({
    error: { code: 'not_allowed' },
  });
  // Not even those who opened the team: what families ask is for the organisation alone.
  for (const who of [rival, moderator]) {
    expect([await teamRequests(who, id), await ownVolunteers(who, id)]).toEqual([[], []]);
    const closed = await answerAsTeam(who, { registration: id, request: order.request }, 'close', site);
    expect(closed).toMatchObject({ error: { code: 'not_allowed' } });
  }
});

test('a volunteer who leaves or is taken off frees what they had accepted; their page ends', async () => {
  const house = await openTeam();
  const { context, team, id, volunteer } = house;
  const parent = await asked(house);
  const [request] = await teamRequests(team, id);
  const order = { registration: id, request: request?.id ?? '', volunteer };
  await proposeVolunteer(team, order, site);
  const helper = wordFor(context, 'sam@exemple.fr');
  await answerSitting(context, helper, 'agree', site);
  expect((await leaveVolunteers(context, helper, site)).ok).toBe(true);
  expect(await leaveVolunteers(context, helper, site)).toMatchObject({ error: { code: 'no_such_volunteer' } });
  expect([await ownVolunteers(team, id), await readSitting(context, helper)]).toEqual([[], undefined]);
  expect(await readSitting(context, parent)).toMatchObject({ request: { status: 'waiting' } });

  await addVolunteer(team, id, { name: 'Ali', email: 'ali@exemple.fr', phone: '' }, site);
  const [ali] = await ownVolunteers(team, id);
  await proposeVolunteer(team, { ...order, volunteer: ali?.id ?? '' }, site);
  expect((await removeVolunteer(team, id, ali?.id ?? '', site)).ok).toBe(true);
  expect(await readSitting(context, parent)).toMatchObject({ request: { status: 'waiting', other: undefined } });
});

test('requests are few for one mailbox, which alone is told so; they end in one gesture, and are erased a week after', async () => {
  const house = await openTeam();
  const { context, team, id } = house;
  const ask = (email: string) => requestSitting(context, { registration: id, insee: '35238' }, typed({ email }), site);
  // However it is labelled, and however many come at once: whoever asks is told the same.
  const labels = ['famille@', 'famille+1@', 'FAMILLE+garde@', 'famille+2@', 'famille@', 'famille+3@'];
  const sent = await Promise.all(labels.map((label) => ask(`${label}exemple.fr`)));
  expect(sent).toEqual(labels.map(() => ({ ok: true, value: undefined })));
  expect((await teamRequests(team, id)).length).toBe(MOST_WAITING);
  const mine = () => context.posted.filter(({ to }) => /^famille.*@exemple\.fr$/.test(to));
  const full = mine().filter(({ text }) => text.includes('plusieurs demandes en cours'));
  expect(full).toHaveLength(labels.length - MOST_WAITING);
  for (const { subject, text } of full)
    expect([subject, text]).toEqual(['Votre demande', expect.not.stringMatching(/garde|http/)]);
  const words = mine().flatMap(({ text }) => /\/souffler\/garde\/([\w-]{43})/.exec(text)?.[1] ?? []);
  expect((await answerSitting(context, words[0] ?? '', 'close', site)).ok).toBe(true);
  expect((await teamRequests(team, id)).length).toBe(MOST_WAITING - 1);
  await asked(house);
  expect((await teamRequests(team, id)).length).toBe(MOST_WAITING);

  const night = (instant: string) =>
    applyRetention({ ...context, clock: { now: () => Temporal.Instant.from(instant) } }, respiteRetention);
  const left = async () =>
    (await sql<{ n: number }>`select count(*) as n from sitting_key where request is not null`.execute(context.db))
      .rows[0]?.n;
  await night('2026-12-05T22:59:59Z');
  expect(await left()).toBeGreaterThan(0);
  await night('2026-12-05T23:00:00Z');
  expect(await left()).toBe(0);
  expect(await readSitting(context, words[1] ?? '')).toBeUndefined();
});

test('a request killed at any statement is there whole or not at all, and so is an answer', async () => {
  const house = await openTeam();
  const { context, team, id, volunteer } = house;
  const rows = () => context.db.selectFrom('sitting_request').select('status').execute();
  const asking = await killedAtEach(
    context,
    (doomed) => requestSitting(doomed, { registration: id, insee: '35238' }, typed(), site),
    async () => expect(await rows()).toEqual([]),
  );
  expect([asking > 5, await rows()]).toEqual([true, [{ status: 'waiting' }]]);
  const [request] = await teamRequests(team, id);
  await proposeVolunteer(team, { registration: id, request: request?.id ?? '', volunteer }, site);
  const answering = await killedAtEach(
    context,
    (doomed) => answerSitting(doomed, wordFor(context, 'sam@exemple.fr'), 'agree', site),
    async () => expect(await rows()).toEqual([{ status: 'proposed' }]),
  );
  expect([answering > 3, await rows()]).toEqual([true, [{ status: 'volunteerAgreed' }]]);
});

test('a report reaches who runs the baby-sitting and who answers for the territory, and nobody else', async () => {
  const house = await openTeam();
  const { context, as, id, team, moderator } = house;
  const parent = await asked(house);
  expect((await readSitting(context, parent))?.answering).toContain('Ille-et-Vilaine');
  const before = context.posted.length;
  expect(await reportSitting(context, parent, '  ', site)).toMatchObject({ error: { field: 'words' } });
  expect((await reportSitting(context, parent, 'On ne me répond pas.', site)).ok).toBe(true);
  const [toTerritory, toTeam, ...more] = context.posted.slice(before);
  expect(more).toEqual([]);
  expect(toTeam).toMatchObject({ to: 'asso@exemple.fr', text: expect.stringContaining('répond pas') });
  expect(toTerritory).toMatchObject({ to: 'pmi@exemple.fr', subject: 'Un signalement vous attend' });
  expect(toTerritory?.text).toContain(`${site}/professionnels/espace/moderation/garde`);
  expect(toTerritory?.text).not.toContain('répond pas');

  const elsewhere = await as('finistere@exemple.fr', moderatorOf('departement:29'));
  expect([await sittingReports(elsewhere), await sittingReports(team)]).toEqual([[], []]);
  const [report] = await sittingReports(moderator);
  expect(report).toMatchObject({ registration: id, words: 'On ne me répond pas.' });
  expect(await settleSittingReport(elsewhere, report?.id ?? '')).toMatchObject({ error: { code: 'not_allowed' } });
  expect((await settleSittingReport(moderator, report?.id ?? '')).ok).toBe(true);
  expect(await settleSittingReport(moderator, 'x')).toMatchObject({ error: { code: 'no_such_report' } });
  expect(await sittingReports(moderator)).toEqual([]);
});

test('a team that closes ends what families wait for, and tells them; nobody is proposed any more', async () => {
  const house = await openTeam();
  const { context, team, moderator, id, volunteer } = house;
  const parent = await asked(house);
  const [request] = await teamRequests(team, id);
  const order = { registration: id, request: request?.id ?? '', volunteer };
  await proposeVolunteer(team, order, site);
  const helper = wordFor(context, 'sam@exemple.fr');
  expect((await decideTeam(moderator, id, 'close', site)).ok).toBe(true);
  expect(await readSitting(context, parent)).toMatchObject({ request: { status: 'closed', contact: undefined } });
  expect(await answerSitting(context, helper, 'agree', site)).toMatchObject({ error: { code: 'no_request' } });
  expect(context.posted.slice(-2).map(({ to }) => to)).toEqual(['famille@exemple.fr', 'sam@exemple.fr']);
  expect(await proposeVolunteer(team, order, site)).toMatchObject({ error: { code: 'no_team' } });
});
