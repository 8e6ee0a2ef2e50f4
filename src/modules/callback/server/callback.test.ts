import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { fixedClock } from '#platform/clock.ts';
import type { Grant, OrganisationRole } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import { changeMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { newSecret } from '#platform/server/identity/secret.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { testIndexes } from '#testing/indexes.ts';
import { signedIn } from '#testing/person.ts';
import { slotCode } from '../slots.ts';
import { readTeam, teamsAround } from '../team.ts';
import { closeRequest, releaseRequest, takeRequest, teamRequests } from './answer.ts';
import {
  answeringTeams,
  appointedTeams,
  appointTeam,
  askCallback,
  callbackIndex,
  callbackJobs,
  callbackOffered,
  callbackRetention,
  callbacksWait,
  cancelCallback,
  endTeam,
  ownCallback,
  slotsOf,
} from './index.ts';

const PHONE = '06 12 34 56 78';
const organisation = '00000000-0000-4000-8000-000000000001';
const site = 'https://mille-jours.example';
const administrator: Grant = { agency: 'departement', role: 'administrator', scope: 'departement:35' };

/** A Friday at eleven in Rennes. */
const house = async (now = '2026-11-20T10:00:00Z') => {
  const { db } = await testDatabase('loaded');
  const clock = fixedClock(now);
  const indexes = await testIndexes(db, [territoryIndex, callbackIndex]);
  const context = testContext(db, { clock, indexes });
  const as = async (email: string, given: Parameters<typeof signedIn>[2]): Promise<PersonContext> => ({
    ...context,
    actor: await signedIn(context, email, given),
  });
  const member = (email: string, role: OrganisationRole = 'editor', of = organisation) =>
    as(email, { memberships: [{ organisation: of, role }] });
  const agent = (email: string, ...grants: Grant[]) => as(email, { grants });
  return { db, clock, context, member, agent };
};

const typedTeam = {
  organisation,
  scope: 'departement:35',
  ...{ days: ['1', '2', '3', '4', '5'], from: '9', to: '17', languages: ['ar'] },
  sentence: 'Des puéricultrices du département vous rappellent.',
};

const appoint = async (agent: PersonContext, changed: Partial<typeof typedTeam> = {}, name = 'PMI d’Exemple') => {
  const team = readTeam({ ...typedTeam, ...changed }, ['fr', 'en', 'ar']);
  if (!team.ok) throw new Error(JSON.stringify(team.error));
  return appointTeam(agent, team.value, name);
};

/** A team of two in Ille-et-Vilaine, ready. */
const answering = async (now?: string) => {
  const made = await house(now);
  const agent = await made.agent('agente@departement.example', administrator);
  const odile = await made.member('odile@pmi.example', 'owner');
  const paul = await made.member('paul@pmi.example');
  expect(await appoint(agent)).toEqual({ ok: true, value: undefined });
  const [team] = await answeringTeams(made.context);
  if (!team) throw new Error('a team is expected');
  return { ...made, agent, odile, paul, team };
};

const typedFor = (context: Context, team: Parameters<typeof slotsOf>[1]) => {
  const [slot] = slotsOf(context, team).slots;
  return { phone: PHONE, slot: slot ? slotCode(slot) : '', presentation: 'Dites « la mairie »', noMessage: true };
};

const ask = (context: Context, team: Parameters<typeof slotsOf>[1], key = newSecret(), changed = {}) =>
  askCallback(context, { key, team: team.id, typed: { ...typedFor(context, team), ...changed } }, site);

test('a number that was left too often is answered like any other, and nobody is asked to ring it', async () => {
  const { context, team, db } = await answering();
  const typed = typedFor(context, team);
  const asked = (often: boolean) => askCallback(context, { key: newSecret(), team: team.id, typed, often }, site);
  const [first, over] = [await asked(false), await asked(true)];
  expect(over).toEqual(first);
  expect(await db.selectFrom('callback_request').select('status').execute()).toHaveLength(1);
  const wrong = await askCallback(
    context,
    { key: newSecret(), team: team.id, typed: { ...typed, phone: '1' }, often: true },
    site,
  );
  expect(wrong).toMatchObject({ ok: false, error: [{ field: 'phone' }] });
});

describe('« Être rappelé » exists', () => {
  test('only once an organisation that answers was appointed, and as long as it has somebody', async () => {
    const { db, context, agent: asAgent, member } = await house();
    expect(callbackOffered(context)).toBe(false);
    const agent = await asAgent('agente@departement.example', administrator);
    await appoint(agent);
    // Pages that show it would lead to nobody.
    expect(await callbackIndex.build(db)).toEqual({ offered: false });
    expect(await answeringTeams(context)).toEqual([]);
    await member('lecture@pmi.example', 'reader');
    expect(await answeringTeams(context)).toEqual([]);
    await member('odile@pmi.example');
    expect(await callbackIndex.build(db)).toEqual({ offered: true });
    const [team] = await answeringTeams(context);
    expect(team).toMatchObject({
      name: 'PMI d’Exemple',
      languages: ['fr', 'ar'],
      days: [1, 2, 3, 4, 5],
      from: 9,
      to: 17,
    });
    expect(await appointedTeams(agent)).toMatchObject([{ answers: true, waiting: 0, late: 0 }]);
    await endTeam(agent, team?.id ?? '');
    expect(await answeringTeams(context)).toEqual([]);
    expect(await callbackIndex.build(db)).toEqual({ offered: false });
  });

  test('as long as its organisation is seen: what waited there is erased when it is not, and what was taken when it closed', async () => {
    const { db, context, team, odile, paul } = await answering();
    const job = callbackJobs({ ORIGIN: site }).find(({ name }) => name === 'callback.unseen');
    const keys = [newSecret(), newSecret()];
    for (const key of keys) expect(await ask(context, team, key)).toMatchObject({ ok: true });
    // Both were asked for at the same moment: which one comes first is chance.
    const [one] = await teamRequests(odile);
    await takeRequest(paul, one?.id ?? '');
    const told = await Promise.all(keys.map((key) => ownCallback(context, key)));
    const waiting = keys[told.findIndex((request) => request?.status === 'waiting')] ?? '';
    expect(told.map((request) => request?.status).toSorted()).toEqual(['taken', 'waiting']);
    const left = () => db.selectFrom('callback_request').select(['status', 'phone']).orderBy('status').execute();
    const become = (status: string) =>
      db
        .updateTable('registration')
        .set({ status: status as 'closed' })
        .where('id', '=', organisation)
        .execute();

    await db
      .insertInto('registration')
      .values({
        ...{ id: organisation, account: odile.actor.account, status: 'published', draft: '{}', published: '{}' },
        ...{ revision: 1, created_at: context.clock.now(), changed_at: context.clock.now() },
      })
      .execute();
    expect(await callbackIndex.build(db)).toEqual({ offered: true });
    await job?.handle(context, {});
    expect((await left()).length).toBe(2);
    expect(await callbacksWait(context, organisation)).toBe(true);

    await become('refused');
    expect(await callbackIndex.build(db)).toEqual({ offered: false });
    expect(await answeringTeams(context)).toEqual([]);
    await job?.handle(context, {});
    expect((await left()).map(({ status }) => status)).toEqual(['taken']);
    expect(await ownCallback(context, waiting)).toBeUndefined();
    await become('closed');
    await job?.handle(context, {});
    await job?.handle(context, {});
    expect(await left()).toEqual([]);
    expect(await callbacksWait(context, organisation)).toBe(false);
    // It does not come back with its registration: somebody appoints it again.
    await become('published');
    expect(await answeringTeams(context)).toEqual([]);
  });

  test('where an administrator of the territory says so, and nobody else', async () => {
    const { agent, member } = await house();
    const ille = await agent('35@departement.example', administrator);
    const finistere = await agent('29@departement.example', { ...administrator, scope: 'departement:29' });
    const moderator = await agent('mod@departement.example', { ...administrator, role: 'moderator' });
    const national = await agent('min@etat.example', { agency: 'ministry', role: 'administrator', scope: 'france' });
    const owner = await member('odile@pmi.example', 'owner');
    const refused = { ok: false, error: [{ code: 'not_allowed' }] };
    for (const who of [finistere, moderator, owner]) expect(await appoint(who)).toMatchObject(refused);
    expect(await appoint(ille, { scope: 'france' })).toMatchObject(refused);
    expect(await appoint(ille, { scope: 'commune:35238' })).toMatchObject({ ok: true });
    expect(await appoint(national)).toMatchObject({ ok: true });
    expect(await appoint(ille)).toMatchObject({ ok: false, error: [{ code: 'already_appointed' }] });
    const [team] = await appointedTeams(ille);
    expect(await endTeam(finistere, team?.id ?? '')).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(await appointedTeams(finistere)).toEqual([]);
    expect(await appointedTeams(national)).toHaveLength(2);
    expect(await appointedTeams(moderator)).toEqual([]);
  });

  test.each([
    [{ organisation: '' }, 'organisation'],
    [{ scope: 'monde' }, 'scope'],
    [{ days: [] }, 'days'],
    [{ from: '17', to: '9' }, 'from'],
    [{ from: '' }, 'from'],
    [{ to: '25' }, 'from'],
    [{ sentence: 'Non' }, 'sentence'],
    [{ sentence: 'é'.repeat(201) }, 'sentence'],
  ])('a team with %j is refused at %s', (changed, field) => {
    expect(readTeam({ ...typedTeam, ...changed }, ['fr'])).toMatchObject({ ok: false, error: [{ field }] });
  });

  test('the most local team comes first; those of other places do not come', () => {
    const team = (name: string, territory: 'france' | `departement:${string}` | `commune:${string}`) => ({
      name,
      territory,
    });
    const teams = [team('France', 'france'), team('Zoé', 'departement:35'), team('Ève', 'departement:35')];
    const all = [...teams, team('Rennes', 'commune:35238'), team('Brest', 'departement:29')];
    const around = ['commune:35238', 'epci:243500139', 'departement:35', 'region:53'];
    expect(teamsAround(all, around).map(({ name }) => name)).toEqual(['Rennes', 'Ève', 'Zoé', 'France']);
  });
});

describe('somebody who asks to be called', () => {
  test('is told who calls, when, and at which number, and the team is told that somebody waits', async () => {
    const { context, team } = await answering();
    const asked = await ask(context, team);
    expect(asked).toMatchObject({
      ok: true,
      value: { status: 'waiting', team: 'PMI d’Exemple', numberEnds: '78' },
    });
    if (!asked.ok) throw new Error('asked');
    expect(asked.value.slot.replaceAll('\u00a0', ' ')).toBe(
      'aujourd’hui, vendredi 20 novembre 2026, entre 12 h et 14 h',
    );
    expect(asked.value.keptUntil.toString()).toBe('2026-11-27');
    expect(context.posted.map(({ to }) => to).sort()).toEqual(['odile@pmi.example', 'paul@pmi.example']);
    for (const mail of context.posted) {
      expect(mail.text).toContain(`${site}/professionnels/espace/rappels`);
      expect(JSON.stringify(mail)).not.toMatch(/mairie|06.?12|5678/);
    }
  });

  test('leaves nothing but what the form says: no account, no address, no word of the page, no number elsewhere', async () => {
    const { db, context, team } = await answering();
    const key = newSecret();
    await ask(context, team, key);
    const columns = await db.selectFrom('callback_request').selectAll().executeTakeFirstOrThrow();
    expect(Object.keys(columns).sort()).toEqual(
      [
        ...['id', 'team', 'key_hash', 'phone', 'slot_day', 'slot_from', 'slot_to', 'presentation', 'no_message'],
        ...['status', 'created_at', 'warned_at', 'taken_at', 'taken_by', 'closed_at', 'outcome'],
      ].sort(),
    );
    expect(JSON.stringify(columns)).not.toContain(key);
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(db);
    for (const { name } of rows.filter((table) => table.name !== 'callback_request')) {
      const found = await sql`select 1 from ${sql.id(name)} as kept where kept::text like '%0612345678%'`.execute(db);
      expect([name, found.rows.length]).toEqual([name, 0]);
    }
    expect(JSON.stringify(context.enqueued)).not.toContain('0612345678');
  });

  test('taps twice, or twenty times at once: one request, one message', async () => {
    const { db, context, team } = await answering();
    const key = newSecret();
    const taps = await Promise.all(Array.from({ length: 20 }, () => ask(context, team, key)));
    expect(new Set(taps.map((tap) => JSON.stringify(tap))).size).toBe(1);
    expect(taps[0]).toMatchObject({ ok: true, value: { status: 'waiting' } });
    expect(await db.selectFrom('callback_request').select('id').execute()).toHaveLength(1);
    expect(context.posted).toHaveLength(2);
    // The same number from another page is another request, told in the same words: nobody learns who asked before.
    const other = await ask(context, team);
    expect(other).toEqual(taps[0]);
  });

  test.each([
    [{ phone: '12' }, 'phone'],
    [{ slot: '' }, 'slot'],
    [{ slot: '2026-11-22/9-12' }, 'slot'],
    [{ presentation: 'é'.repeat(81) }, 'presentation'],
  ])('is told what is wrong in %j, and nothing is kept', async (changed, field) => {
    const { db, context, team } = await answering();
    expect(await ask(context, team, newSecret(), changed)).toMatchObject({ ok: false, error: [{ field }] });
    expect(await db.selectFrom('callback_request').select('id').execute()).toEqual([]);
    expect(context.posted).toEqual([]);
  });

  test('is told so when the team does not answer any more, or the page is not one of ours', async () => {
    const { context, team, agent, odile, paul } = await answering();
    expect(await ask(context, team, 'x')).toMatchObject({ ok: false, error: [{ code: 'stale_form' }] });
    await changeMember(paul, organisation, paul.actor.account, undefined);
    expect((await ask(context, team)).ok).toBe(true);
    await endTeam(agent, team.id);
    expect(await ask(context, team)).toMatchObject({ ok: false, error: [{ code: 'no_team' }] });
    // What had come before is still answered.
    expect(await teamRequests(odile)).toHaveLength(1);
  });

  test('cancels at any moment: number and words go at once, and the team reads that it was cancelled', async () => {
    const { db, context, team, odile } = await answering();
    const key = newSecret();
    await ask(context, team, key);
    const [request] = await teamRequests(odile);
    await takeRequest(odile, request?.id ?? '');
    await cancelCallback(context, newSecret());
    await cancelCallback(context, 'x');
    expect(await ownCallback(context, key)).toMatchObject({ status: 'taken' });
    await cancelCallback(context, key);
    await cancelCallback(context, key);
    expect(await ownCallback(context, key)).toMatchObject({ status: 'cancelled', numberEnds: '' });
    expect(await db.selectFrom('callback_request').select(['phone', 'presentation']).execute()).toEqual([
      { phone: null, presentation: '' },
    ]);
    expect(await teamRequests(odile)).toMatchObject([{ status: 'cancelled', phone: undefined }]);
    expect(await closeRequest(odile, request?.id ?? '', 'spoken')).toMatchObject({
      ok: false,
      error: { code: 'not_yours' },
    });
    expect(await ownCallback(context, newSecret())).toBeUndefined();
  });

  test.each([
    ['departement:35', '2026-11-20T10:00:00Z', 'vendredi 20 novembre 2026, entre 12 h et 14 h'],
    ['departement:974', '2026-11-20T02:00:00Z', 'vendredi 20 novembre 2026, entre 9 h et 12 h'],
    ['departement:987', '2026-11-20T20:00:00Z', 'lundi 23 novembre 2026, entre 9 h et 12 h'],
    ['departement:67', '2026-12-25T23:30:00Z', 'lundi 28 décembre 2026, entre 9 h et 12 h'],
    ['france', '2026-12-24T20:00:00Z', 'lundi 28 décembre 2026, entre 9 h et 12 h'],
  ] as const)('in %s at %s, is called by the clock and the holidays of the place', async (territory, now, first) => {
    const { context } = await house(now);
    const hours = {
      id: '',
      organisation,
      name: '',
      days: [1, 2, 3, 4, 5],
      from: 9,
      to: 17,
      languages: [],
      sentence: '',
    };
    const { slots, today } = slotsOf(context, { ...hours, territory });
    const [slot] = slots;
    const { slotWords } = await import('../slots.ts');
    expect(slot && slotWords(slot, today).replaceAll('\u00a0', ' ')).toContain(first);
  });
});

describe('a team', () => {
  test('one takes, and two at once are told apart; only who took it reads the number', async () => {
    const { context, team, odile, paul } = await answering();
    await ask(context, team);
    const [request] = await teamRequests(odile);
    if (!request) throw new Error('a request is expected');
    expect(request).toMatchObject({
      status: 'waiting',
      phone: undefined,
      presentation: 'Dites « la mairie »',
      late: false,
    });
    const both = await Promise.all([takeRequest(odile, request.id), takeRequest(paul, request.id)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'not_waiting' } });
    const [winner, loser] = both[0].ok ? [odile, paul] : [paul, odile];
    expect(await teamRequests(winner)).toMatchObject([{ mine: true, phone: '0612345678' }]);
    expect(await teamRequests(loser)).toMatchObject([{ mine: false, phone: undefined, takenBy: winner.actor.email }]);
    expect(await closeRequest(loser, request.id, 'spoken')).toMatchObject({ ok: false, error: { code: 'not_yours' } });
    // Somebody is ill: another gives it back to the team, and takes it.
    expect((await releaseRequest(loser, request.id)).ok).toBe(true);
    expect((await takeRequest(loser, request.id)).ok).toBe(true);
    expect(await closeRequest(loser, request.id, 'other')).toMatchObject({ ok: false, error: { field: 'outcome' } });
    expect((await closeRequest(loser, request.id, 'spoken')).ok).toBe(true);
    expect(await teamRequests(loser)).toMatchObject([{ status: 'closed', outcome: 'spoken', phone: undefined }]);
    expect(await takeRequest(winner, request.id)).toMatchObject({ ok: false, error: { code: 'not_waiting' } });
    expect(await releaseRequest(winner, request.id)).toMatchObject({ ok: false, error: { code: 'not_taken' } });
  });

  test('another organisation, a reader, an agent, somebody who left: they see nothing and take nothing', async () => {
    const { context, team, odile, paul, member, agent } = await answering();
    await ask(context, team);
    const [request] = await teamRequests(odile);
    const id = request?.id ?? '';
    const stranger = await member('autre@ailleurs.example', 'owner', '00000000-0000-4000-8000-000000000002');
    const reader = await member('lecture@pmi.example', 'reader');
    for (const who of [stranger, reader, agent]) {
      expect(await teamRequests(who)).toEqual([]);
      for (const work of [takeRequest(who, id), releaseRequest(who, id), closeRequest(who, id, 'spoken')]) {
        expect(await work).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
      }
    }
    await changeMember(odile, organisation, paul.actor.account, undefined);
    expect(await takeRequest(paul, id)).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(await takeRequest(odile, 'x')).toMatchObject({ ok: false, error: { code: 'no_request' } });
    expect((await takeRequest(odile, id)).ok).toBe(true);
  });

  test('is told once a day of what waits for more than a day, and never by whom', async () => {
    const { context, clock, team, odile } = await answering();
    const [job] = callbackJobs({ ORIGIN: site });
    const remind = async () => {
      const before = context.posted.length;
      await job?.handle(context, {});
      return context.posted.slice(before);
    };
    await ask(context, team);
    await ask(context, team);
    clock.moveTo('2026-11-21T09:59:00Z');
    expect(await remind()).toEqual([]);
    clock.moveTo('2026-11-21T10:00:00Z');
    const letters = await remind();
    expect(letters.map(({ to }) => to).sort()).toEqual(['odile@pmi.example', 'paul@pmi.example']);
    expect(letters[0]?.subject).toBe('Une demande de rappel attend depuis plus de 24 heures');
    expect(JSON.stringify(letters)).not.toMatch(/mairie|06.?12|5678/);
    expect(await remind()).toEqual([]);
    clock.moveTo('2026-11-22T10:00:00Z');
    expect(await remind()).toHaveLength(2);
    expect(await teamRequests(odile)).toMatchObject([{ late: true }, { late: true }]);
    for (const { id } of await teamRequests(odile)) await takeRequest(odile, id);
    clock.moveTo('2026-11-23T10:00:00Z');
    expect(await remind()).toEqual([]);
  });
});

test('nothing stays: closed for 30 days, waiting for 7, taken and forgotten for 30', async () => {
  const { db, clock, context, team, odile } = await answering();
  for (let rank = 0; rank < 4; rank += 1) await ask(context, team);
  const [closed, taken] = await teamRequests(odile);
  await takeRequest(odile, closed?.id ?? '');
  await closeRequest(odile, closed?.id ?? '', 'nobody');
  await takeRequest(odile, taken?.id ?? '');
  const left = async () => {
    await applyRetention(context, callbackRetention);
    const rows = await db.selectFrom('callback_request').select('status').orderBy('status').execute();
    return rows.map(({ status }) => status);
  };
  clock.moveTo('2026-11-27T09:59:00Z');
  expect(await left()).toEqual(['closed', 'taken', 'waiting', 'waiting']);
  clock.moveTo('2026-11-27T10:00:00Z');
  expect(await left()).toEqual(['closed', 'taken']);
  clock.moveTo('2026-12-20T09:59:00Z');
  expect(await left()).toEqual(['closed', 'taken']);
  clock.moveTo('2026-12-20T10:00:00Z');
  expect(await left()).toEqual([]);
});
