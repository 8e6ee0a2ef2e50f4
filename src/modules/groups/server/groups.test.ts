import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { acceptSeries, changeSeries, closeSeries, readOwnSeries, readSeries } from '#modules/agenda/server/index.ts';
import { fixedClock } from '#platform/clock.ts';
import { createMailer } from '#platform/server/mail/outbox.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { seriesForm } from '#testing/agenda.ts';
import type { TestContext } from '#testing/context.ts';
import { killedAtEach } from '#testing/killed.ts';
import { again, moderatorOf, professionalsHouse, publishedRow, site } from '#testing/professionals.ts';
import { sizes } from '../cohort.ts';
import type { TypedWish } from '../wish.ts';
import { proposeDates, tellingGroup } from './dates.ts';
import { closeGroup, formGroup, letIn, messageLimits, removeMember, writeToGroup } from './groups.ts';
import { groupsMigrations } from './migrations.ts';
import { reportGroup, reportsToSettle, settleReport } from './reports.ts';
import { groupsRetention } from './retention.ts';
import { askToAnimate, decideTeam, type TypedTeam } from './run-team.ts';
import { openTeamsFor, teamsToDecide } from './teams.ts';
import { readSeat, teamView } from './views.ts';
import { askToMeet, confirmWish, leaveGroup, MOST_WISHES } from './wishes.ts';

const RENNES = '35238';
const typed = (changed: Partial<TypedWish> = {}): TypedWish => ({
  ...{ month: '2027-03', name: 'Lune', email: 'lune@exemple.fr' },
  ...changed,
});
const animates = (changed: Partial<TypedTeam> = {}): TypedTeam => ({
  ...{ reach: 'epci', births: true, situations: ['peres'], words: 'Une éducatrice et une puéricultrice animent.' },
  ...changed,
});

/** The word in the last message to somebody. */
const wordFor = (context: TestContext, email: string): string => {
  const mail = context.posted.findLast(({ to, text }) => to === email && text.includes('/groupes/ma-place/'));
  return /\/groupes\/ma-place\/([\w-]{43})\n/.exec(mail?.text ?? '')?.[1] ?? '';
};

/** A house with a moderator, and a team of Rennes that animates. */
const openTeam = async () => {
  const house = await professionalsHouse();
  const first = await house.as('udaf@exemple.fr');
  const id = await publishedRow(first, 'Udaf Exemple');
  const team = await again(first);
  const moderator = await house.as('pmi@exemple.fr', moderatorOf('departement:35'));
  expect((await askToAnimate(team, id, animates())).ok).toBe(true);
  expect((await decideTeam(moderator, id, 'open', site)).ok).toBe(true);
  return { ...house, team, moderator, id };
};

/** Families that confirmed, each with the word of its message. */
const families = async (context: TestContext, number: number, insee = RENNES, month = '2027-03'): Promise<string[]> => {
  const words: string[] = [];
  for (let at = 0; at < number; at += 1) {
    const email = `famille${at}.${insee}.${month}@exemple.fr`;
    expect((await askToMeet(context, insee, typed({ name: `Famille ${at}`, email, month }), site)).ok).toBe(true);
    const word = wordFor(context, email);
    expect((await confirmWish(context, word, site)).ok).toBe(true);
    words.push(word);
  }
  return words;
};

const seats = ({ db }: TestContext) =>
  db.selectFrom('group_seat').selectAll().orderBy('asked_at').orderBy('id').execute();

test('a team opens only when a moderator of its territory says so, and situations are listed where somebody animates them', async () => {
  const { context, as } = await professionalsHouse();
  const first = await as('udaf@exemple.fr');
  const id = await publishedRow(first, 'Udaf Exemple');
  const team = await again(first);
  expect(await askToAnimate(await as('autre@exemple.fr'), id, animates())).toMatchObject({
    error: [{ code: 'not_allowed' }],
  });
  expect(
    await askToAnimate(team, id, { reach: 'commune', births: false, situations: ['autre'], words: ' ' }),
  ).toMatchObject({ error: [{ field: 'reach' }, { field: 'groups' }, { field: 'words' }] });
  expect((await askToAnimate(team, id, animates({ situations: ['deuil', 'peres', 'x'] }))).ok).toBe(true);
  expect(await openTeamsFor(context, RENNES)).toEqual([]);
  const elsewhere = await as('pmi29@exemple.fr', moderatorOf('departement:29'));
  expect(await decideTeam(elsewhere, id, 'open', site)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await teamsToDecide(elsewhere)).toEqual([]);
  expect(await decideTeam(team, id, 'open', site)).toMatchObject({ error: { code: 'not_allowed' } });
  const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
  expect(await teamsToDecide(moderator)).toMatchObject([{ registration: id, status: 'asked' }]);
  expect((await decideTeam(moderator, id, 'open', site)).ok).toBe(true);
  expect(await openTeamsFor(context, '35051')).toMatchObject([
    { name: 'Udaf Exemple', situations: ['peres', 'deuil'] },
  ]);
  expect(await openTeamsFor(context, '35211')).toEqual([]);
  expect((await decideTeam(team, id, 'close', site)).ok).toBe(true);
  expect(await openTeamsFor(context, RENNES)).toEqual([]);
});

test('a wish is a month, a commune, a name and a mailbox, and nothing is shown until the mailbox answers', async () => {
  const { context, team, id } = await openTeam();
  expect((await askToMeet(context, RENNES, typed(), site)).ok).toBe(true);
  expect((await teamView(team, id)).cohorts).toEqual([]);
  const [seat] = await seats(context);
  expect(Object.keys(seat ?? {}).sort()).toEqual(
    'asked_at departement email ended_at epci group_id id insee month name status'.split(' '),
  );
  const word = wordFor(context, 'lune@exemple.fr');
  expect((await confirmWish(context, word, site)).ok).toBe(true);
  expect((await confirmWish(context, word, site)).ok).toBe(true);
  expect((await teamView(team, id)).cohorts).toMatchObject([{ count: 1, scope: 'epci:243500139' }]);
  expect(await readSeat(context, word)).toMatchObject({
    status: 'waiting',
    waiting: { count: 1, scope: 'epci:243500139' },
  });

  // Killed at any statement of the wish or of its confirmation, it is there whole or not at all.
  const stands = async () =>
    (await seats(context)).filter(({ email }) => email === 'ines@exemple.fr').map(({ status }) => status);
  const wish = typed({ email: 'ines@exemple.fr', month: '2027-06' });
  const asking = await killedAtEach(
    context,
    (doomed) => askToMeet(doomed, RENNES, wish, site),
    async () => expect(await stands()).toEqual([]),
  );
  const answering = await killedAtEach(
    context,
    (doomed) => confirmWish(doomed, wordFor(context, 'ines@exemple.fr'), site),
    async () => expect(await stands()).toEqual(['asked']),
  );
  expect([asking > 3, answering > 3, await stands()]).toEqual([true, true, ['waiting']]);
  await leaveGroup(context, wordFor(context, 'ines@exemple.fr'));
  await context.db.deleteFrom('group_seat').where('status', '=', 'ended').execute();

  // Asked again, from this mailbox: told the same, kept once; beyond a few, not kept.
  expect((await askToMeet(context, RENNES, typed({ name: 'Autre' }), site)).ok).toBe(true);
  // Nor does one mailbox, however it is written, make several families of one month.
  const labelled = typed({ email: 'lune+2@exemple.fr' });
  expect((await askToMeet(context, '35051', labelled, site)).ok).toBe(true);
  expect((await seats(context)).length).toBe(1);
  for (const month of ['2027-04', '2027-05', '2027-06', '2027-07'])
    expect((await askToMeet(context, RENNES, typed({ month }), site)).ok).toBe(true);
  expect((await seats(context)).length).toBe(MOST_WISHES);
  expect(context.posted.at(-1)).toMatchObject({ to: 'lune@exemple.fr', text: expect.not.stringContaining('http') });
  // An arrondissement is its city; what is no commune is refused.
  expect((await askToMeet(context, '75118', typed({ email: 'paris@exemple.fr' }), site)).ok).toBe(true);
  const paris = (await seats(context)).find(({ email }) => email === 'paris@exemple.fr');
  expect(paris).toMatchObject({ insee: '75056', departement: '75' });
  expect(await askToMeet(context, '99999', typed(), site)).toMatchObject({ error: [{ code: 'unknown_commune' }] });
  for (const forged of ['', 'x', `${word.slice(0, 42)}!`, 'a'.repeat(43)]) {
    expect(await readSeat(context, forged)).toBeUndefined();
    expect((await confirmWish(context, forged, site)).ok).toBe(false);
    expect((await reportGroup(context, forged, '', site)).ok).toBe(false);
    await leaveGroup(context, forged);
  }
  expect((await seats(context)).filter(({ status }) => status === 'ended')).toEqual([]);
});

test('the group widens below five, forms from three, twelve at most; who comes later is let in by who animates', async () => {
  const { context, as, team, id, moderator } = await openTeam();
  const [rennes = ''] = await families(context, 2);
  await families(context, 2, RENNES, '2027-04');
  const asked = { scope: 'epci:243500139', month: '2027-03' };
  expect(await formGroup(team, id, asked, site)).toMatchObject({ error: { code: 'too_few' } });
  const toTeam = () => context.posted.filter(({ to }) => to === 'udaf@exemple.fr').length;
  const before = toTeam();
  const [cesson = ''] = await families(context, 1, '35051');
  expect(toTeam()).toBe(before + 1);
  expect(await readSeat(context, cesson)).toMatchObject({ waiting: { count: 3, scope: 'epci:243500139' } });

  // Only who writes for the team, not even who opened it: families are for who animates.
  const rival = await as('rival@exemple.fr');
  const theirs = await publishedRow(rival, 'Autre');
  for (const who of [rival, moderator, await again(rival)]) {
    expect(await teamView(who, id)).toEqual({ cohorts: [], groups: [] });
    expect(await formGroup(who, id, asked, site)).toMatchObject({ error: { code: 'not_allowed' } });
  }
  expect(await formGroup(await again(rival), theirs, asked, site)).toMatchObject({ error: { code: 'not_open' } });

  // Two who take the same families at once: one group.
  const both = await Promise.all([formGroup(team, id, asked, site), formGroup(team, id, asked, site)]);
  expect(both.filter((one) => !one.ok)).toMatchObject([{ error: { code: 'too_few' } }]);
  const formed = both.find((one) => one.ok);
  if (!formed?.ok) throw new Error('nobody formed the group');
  const { cohorts, groups } = await teamView(team, id);
  expect(cohorts).toMatchObject([{ count: 2 }]);
  expect(groups).toMatchObject([{ id: formed.value, scope: asked.scope, coming: 0 }]);
  expect(JSON.stringify(groups)).not.toMatch(/@/);
  expect(await readSeat(context, rennes)).toMatchObject({
    status: 'member',
    group: { name: 'Udaf Exemple', count: 3 },
  });

  await families(context, 11, '35024');
  expect((await teamView(team, id)).groups[0]?.coming).toBe(sizes.most - 3);
  expect(await letIn(team, id, formed.value, site)).toEqual({ ok: true, value: sizes.most - 3 });
  const full = await teamView(team, id);
  expect(full.groups[0]?.members.length).toBe(sizes.most);
  expect(full.cohorts).toMatchObject([{ count: 2 }, { count: 2 }]);
  expect(await letIn(team, id, formed.value, site)).toEqual({ ok: true, value: 0 });
  expect(await closeGroup(await again(rival), id, formed.value, site)).toMatchObject({
    error: { code: 'not_allowed' },
  });
  expect(await letIn(team, id, crypto.randomUUID(), site)).toMatchObject({ error: { code: 'no_such_group' } });
});

test('who animates proposes dates that only the group sees, and writes to all without seeing an address', async () => {
  const { context, team, moderator, id } = await openTeam();
  const [word = ''] = await families(context, 5);
  const formed = await formGroup(team, id, { scope: `commune:${RENNES}`, month: '2027-03' }, site);
  if (!formed.ok) throw new Error(formed.error.code);
  expect(await proposeDates(team, id, formed.value, seriesForm({ title: '' }), site)).toMatchObject({ ok: false });
  const dated = await proposeDates(team, id, formed.value, seriesForm({ title: 'Premier café' }), site);
  if (!dated.ok) throw new Error(JSON.stringify(dated.error));
  const { slug, status } = await context.db
    .selectFrom('event_series')
    .select(['slug', 'status'])
    .where('id', '=', dated.value.id)
    .executeTakeFirstOrThrow();
  expect([status, await readSeries(context, slug)]).toEqual(['reserved', undefined]);
  expect(await readSeat(context, word)).toMatchObject({
    group: { dates: [{ title: 'Premier café', cancelled: false }] },
  });
  // Closed, it says so; kept again, it is still the group’s alone, though who moderates withdrew it meanwhile.
  const seenAs = async () => [
    (await readOwnSeries(team, dated.value.id))?.status,
    (await readSeat(context, word))?.group?.dates.map(({ cancelled }) => cancelled),
    await readSeries(context, slug),
  ];
  const keep = (revision: number) =>
    changeSeries(team, dated.value.id, revision, seriesForm({ title: 'Premier café' }));
  expect((await closeSeries(team, dated.value.id)).ok).toBe(true);
  expect(await seenAs()).toEqual(['closed', [true], undefined]);
  expect((await keep(1)).ok).toBe(true);
  expect(await seenAs()).toEqual(['reserved', [false], undefined]);
  expect((await closeSeries(moderator, dated.value.id, 'À revoir.')).ok).toBe(true);
  expect((await keep(2)).ok).toBe(true);
  expect(await seenAs()).toEqual(['waiting', [true], undefined]);
  expect((await acceptSeries(moderator, dated.value.id)).ok).toBe(true);
  expect(await seenAs()).toEqual(['reserved', [false], undefined]);
  // One that was made public that way before comes back, and knows itself whose it is.
  await context.db.updateTable('event_series').set({ source: 'form', status: 'published' }).execute();
  await groupsMigrations['0112-group-series-stay']?.up(context.db);
  expect(await seenAs()).toEqual(['reserved', [false], undefined]);
  expect((await keep(3)).ok).toBe(true);
  expect(await seenAs()).toEqual(['reserved', [false], undefined]);
  const before = context.posted.length;
  // Withdrawn by who moderates: the five families are told, and read that it does not take place, not what it was.
  const withdraw = (reason: string, series = dated.value.id) =>
    tellingGroup(moderator, { series }, site, (inside) => closeSeries(inside, series, reason));
  expect((await withdraw(' ')).ok).toBe(false);
  expect((await withdraw('À revoir.', crypto.randomUUID())).ok).toBe(false);
  expect(context.posted.length).toBe(before);
  expect((await withdraw('À revoir.')).ok).toBe(true);
  expect(context.posted.length).toBe(before + 5);
  expect((await readSeat(context, word))?.group?.dates).toMatchObject([
    { title: 'Un rendez-vous est retiré', summary: '', where: '', cancelled: true },
  ]);

  expect(await writeToGroup(team, id, formed.value, ' \n ', site)).toMatchObject({ error: { field: 'text' } });
  for (let sent = 0; sent < messageLimits.aDay; sent += 1)
    expect((await writeToGroup(team, id, formed.value, `Bonjour <b>à tous</b> ${sent}`, site)).ok).toBe(true);
  expect(await writeToGroup(team, id, formed.value, 'Encore', site)).toMatchObject({ error: { code: 'enough_today' } });
  expect((await readSeat(context, word))?.group?.messages.length).toBe(messageLimits.aDay);
  // Nothing of what it is about, for whom or where, on a locked screen or in a mailbox that others open.
  for (const { subject, text, unsubscribe } of context.posted.filter(({ to }) => to.startsWith('famille'))) {
    expect(subject).not.toMatch(/enfant|bébé|parent|groupe|naissance|mars|Rennes/i);
    expect(text.replaceAll(/https:\S+/g, '')).not.toMatch(
      /enfant|bébé|parent|groupe|naissance|mars|Rennes|café|tous|Udaf/i,
    );
    expect(unsubscribe).toMatch(/\/[\w-]{43}\/desabonnement$/);
  }
});

test('who leaves is forgotten at once and hears nothing more; no count tells the others for a week', async () => {
  const { context, team, id } = await openTeam();
  const words = await families(context, 6);
  const [gone = '', stays = '', waiting = ''] = words;
  const formed = await formGroup(team, id, { scope: `commune:${RENNES}`, month: '2027-03' }, site);
  if (!formed.ok) throw new Error(formed.error.code);
  const count = async (at: string) => (await readSeat({ ...context, clock: fixedClock(at) }, stays))?.group?.count;

  // A message was on its way: it does not leave.
  const posting = { ...team, mail: createMailer(context.db, context.jobs) };
  expect((await writeToGroup(posting, id, formed.value, 'Bonjour', site)).ok).toBe(true);
  const outbox = async () => (await context.db.selectFrom('mail_outbox').select('recipient').execute()).length;
  expect(await outbox()).toBe(6);
  const toOthers = context.posted.length;
  await leaveGroup(context, gone);
  await leaveGroup(context, gone);
  expect(await outbox()).toBe(5);
  expect(context.posted.length).toBe(toOthers);
  expect(await readSeat(context, gone)).toBeUndefined();
  const left = (await seats(context)).filter(({ status }) => status === 'ended');
  expect(left).toMatchObject([{ name: '', email: '' }]);
  const { rows } = await sql`select 1 from journal_event where data::text ~ ${left[0]?.id ?? ''}`.execute(context.db);
  expect(rows).toEqual([]);

  // 21 November 2026 is a Saturday.
  expect([await count('2026-11-21T10:00:00Z'), await count('2026-11-28T09:00:00Z')]).toEqual([6, 6]);
  expect(await count('2026-12-07T00:00:00Z')).toBe(5);
  expect((await writeToGroup(team, id, formed.value, 'Encore', site)).ok).toBe(true);
  expect(context.posted.slice(toOthers).length).toBe(5);

  // Taken out by who animates: told that it is over, and nothing else.
  const members = (await teamView(team, id)).groups[0]?.members ?? [];
  const member = members.find(({ name }) => name === 'Famille 5');
  expect((await removeMember(team, id, formed.value, member?.id ?? '')).ok).toBe(true);
  expect(context.posted.at(-1)?.text).toContain('a pris fin');
  expect(await removeMember(team, id, formed.value, member?.id ?? '')).toMatchObject({
    error: { code: 'no_such_member' },
  });
  // A group that ends leaves its families waiting, told so.
  expect((await closeGroup(team, id, formed.value, site)).ok).toBe(true);
  expect(await readSeat(context, waiting)).toMatchObject({ status: 'waiting' });
  expect(await readSeat(context, stays)).toMatchObject({ status: 'waiting' });
});

test('a report in one tap reaches the moderators of the territory, who close what has to be', async () => {
  const { context, as, moderator, team, id } = await openTeam();
  const [word = '', other = ''] = await families(context, 5);
  expect(await reportGroup(context, word, '', site)).toMatchObject({ error: { code: 'no_seat' } });
  await formGroup(team, id, { scope: `commune:${RENNES}`, month: '2027-03' }, site);
  expect(await readSeat(context, word)).toMatchObject({ group: { answers: 'Conseil départemental, Ille-et-Vilaine' } });
  expect((await reportGroup(context, word, '', site)).ok).toBe(true);
  expect(context.posted.at(-1)).toMatchObject({ to: 'pmi@exemple.fr', subject: 'Un signalement vous attend' });
  expect((await reportGroup(context, word, 'On nous vend des couches.', site)).ok).toBe(true);
  expect(await reportGroup(context, word, 'x'.repeat(1_001), site)).toMatchObject({ error: { field: 'words' } });
  expect(JSON.stringify(await context.db.selectFrom('group_report').selectAll().execute())).not.toMatch(/Famille/);
  const elsewhere = await as('pmi29@exemple.fr', moderatorOf('departement:29'));
  expect([await reportsToSettle(elsewhere), await reportsToSettle(team)]).toEqual([[], []]);
  const report = (await reportsToSettle(moderator)).find(({ words }) => words === '');
  expect(report).toMatchObject({ name: 'Udaf Exemple' });
  expect(await settleReport(elsewhere, report?.id ?? '')).toMatchObject({ error: { code: 'not_allowed' } });
  expect((await settleReport(moderator, report?.id ?? '')).ok).toBe(true);
  expect(await reportsToSettle(moderator)).toMatchObject([{ words: 'On nous vend des couches.' }]);
  expect((await decideTeam(moderator, id, 'close', site)).ok).toBe(true);
  expect(await readSeat(context, other)).toMatchObject({
    status: 'waiting',
    waiting: { count: 5, scope: `commune:${RENNES}` },
  });
  expect(await teamView(team, id)).toEqual({ cohorts: [], groups: [] });
});

test('what waits too long, what nobody confirmed and what is past the third birthday is erased', async () => {
  const { context, team, id } = await openTeam();
  await askToMeet(context, RENNES, typed(), site);
  await families(context, 3, '35051');
  const [old = ''] = await families(context, 3, RENNES, '2024-01');
  await formGroup(team, id, { scope: 'epci:243500139', month: '2024-01' }, site);
  const night = (instant: string) => applyRetention({ ...context, clock: fixedClock(instant) }, groupsRetention);
  const left = async () => (await seats(context)).map(({ status }) => status).sort();
  await night('2026-11-24T09:00:00Z');
  expect((await left()).length).toBe(7);
  await night('2026-11-24T11:00:00Z');
  expect((await left()).length).toBe(6);
  await night('2027-01-31T12:00:00Z');
  expect(await readSeat(context, old)).toBeDefined();
  await night('2027-02-02T12:00:00Z');
  expect([await left(), await readSeat(context, old)]).toEqual([['waiting', 'waiting', 'waiting'], undefined]);
  expect(await context.db.selectFrom('birth_group').select('id').execute()).toEqual([]);
  await night('2027-08-19T12:00:00Z');
  expect(await left()).toEqual([]);
});
