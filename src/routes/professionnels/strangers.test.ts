import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Actor, Context } from '#platform/server/context.ts';
import { changeMember, invite, setMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { callDoor, type Door, type DoorAnswer } from '#testing/doors.ts';
import { again, moderatorOf, professionalsHouse, register } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';

/**
 * Every door under /professionnels and /mon-compte, as the files say today and whatever is added: a frame, a page, each
 * button, each file. A door is called as SvelteKit calls it.
 */
const files = import.meta.glob<Record<string, Door | Record<string, Door>>>(
  ['/src/routes/professionnels/**/+*.ts', '/src/routes/mon-compte/**/+*.ts', '!**/+layout.ts', '!**/+page.ts'],
  { eager: true },
);
// Those of the account come last: there one may close one’s own sessions, and leave.
const doors = Object.entries(files)
  .sort(([a], [b]) => Number(a.includes('/mon-compte')) - Number(b.includes('/mon-compte')))
  .flatMap(([file, module]) => {
    const route = file.replace('/src/routes', '').replace(/\/\+[^/]*$/, '');
    return Object.entries(module).flatMap(([name, door]) =>
      typeof door === 'function'
        ? [{ route, name, door, posts: name !== 'load' && name !== 'GET' }]
        : Object.entries(door).map(([action, call]) => ({ route, name: `?/${action}`, door: call, posts: true })),
    );
  });

/** Where everything is somebody’s own. Elsewhere a page may be for all, or for who holds the word of its address. */
const isOwn = (route: string): boolean =>
  /^\/(mon-compte|professionnels\/(espace|inscription))/.test(route) && !/\[(jeton|token|secret)\]/.test(route);

/** The pages of one thing of somebody’s. */
const oneOfTheirs = new Set([
  ...['/professionnels/espace/[id]', '/professionnels/inscription/[id]/[step]', '/professionnels/espace/tenir/[id]'],
  ...['/professionnels/espace/moderation/[id]', '/professionnels/espace/moderation/[id]/lettre'],
  '/mon-compte/equipe/[organisation]',
]);

/** In everything that the victim wrote, and nowhere else. */
const SECRET = 'Motsecret';

/** Where a link of ours must lead nobody. */
const ELSEWHERE = '//pirate.example';

/** Fields of every form at once, so that each button goes as far as it can. */
const everyField = (ids: readonly string[]) => ({
  ...Object.fromEntries(
    ['id', 'member', 'account', 'organisation', 'invitation', 'registration'].map((name) => [name, ids[0] ?? '']),
  ),
  ...{ revision: '7', intent: 'next', decision: 'accept', command: 'withdraw', reason: 'Parce que.', role: 'owner' },
  ...{ email: 'pirate@exemple.example', name: 'Pirate', words: 'À moi.', code: '123456', confirm: 'on', as: 'alone' },
});

/** Somebody’s registration that waits for its moderators, their claim, a member, somebody invited, a code sent. */
const victimOf = async ({ context, as }: Awaited<ReturnType<typeof professionalsHouse>>) => {
  await context.db
    .insertInto('moderation_policy')
    .values({ territory: 'france', review: 'before', set_at: context.clock.now(), set_by: null })
    .execute();
  const started = await as('victime@exemple.example');
  const registration = await register(started, {
    vous: form({ name: `Camille ${SECRET}` }, stepForms.vous),
    priorites: form({ 'words-2': SECRET }, stepForms.priorites),
    public: form({ email: `${SECRET}@exemple.example` }, stepForms.public),
  });
  const victim = await again(started);
  const editor = await as('editrice@exemple.example');
  await setMember(context, registration, editor.actor.account, 'editor');
  const joined = await again(editor);
  const asked = { organisation: registration, organisationName: SECRET, origin: undefined };
  await invite(victim, { ...asked, email: 'invitee@exemple.example', role: 'reader' });
  const ids = async (table: 'moderation_case' | 'attestation' | 'invitation'): Promise<string[]> =>
    (await sql<{ id: string }>`select id::text from ${sql.table(table)}`.execute(context.db)).rows.map(({ id }) => id);
  const cases = await ids('moderation_case');
  return {
    registration,
    victim,
    editor: joined,
    cases,
    others: [victim.actor.account, ...(await ids('attestation')), ...(await ids('invitation'))],
  };
};

/** Every row of every table that says something of the victim. */
const rowsOf = async ({ db }: Context, words: readonly string[]): Promise<string[]> => {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('commune', 'commune_point')`.execute(
    db,
  );
  const all: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select ${name} || ' ' || row_to_json(t)::text as row from ${sql.table(name)} t
      where row_to_json(t)::text like any (${words.map((word) => `%${word}%`)}::text[])`.execute(db);
    all.push(...rows.map(({ row }) => row));
  }
  return all;
};

/** What a door answered: its status, and everything it says. */
const call = async (
  context: Context,
  { route, door, posts }: (typeof doors)[number],
  ids: readonly string[],
): Promise<DoorAnswer> => {
  const [first = ''] = ids;
  const params = Object.fromEntries([...route.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => [name, first]));
  if ('step' in params) params.step = posts ? 'envoi' : 'vous';
  const asked = new URLSearchParams({
    ...{ id: first, pour: first, lieu: first, service: first, apres: first },
    ...{ suite: ELSEWHERE, retour: ELSEWHERE },
  });
  return callDoor(context, door, {
    ...{ address: `${route}?${asked}`, params },
    ...(posts ? { form: everyField(ids) } : {}),
  });
};

/** A door of one thing is tried with each of the victim’s. */
const idsFor = ({ route }: { readonly route: string }, registration: string, cases: readonly string[]): string[] =>
  route.includes('[') ? [registration, ...cases] : [registration];

const house = async () => {
  const made = await professionalsHouse();
  const victim = await victimOf(made);
  const words = [SECRET, victim.registration, ...victim.cases, victim.victim.actor.account];
  return { ...made, ...victim, words };
};

it('finds the doors', () => {
  expect(doors.length).toBeGreaterThan(30);
  expect(doors.map(({ route, name }) => `${route} ${name}`)).toEqual(
    expect.arrayContaining([
      '/professionnels/espace/[id] load',
      '/professionnels/inscription/[id]/[step] ?/default',
      '/professionnels/espace/moderation/[id] ?/decider',
      '/mon-compte/equipe/[organisation] load',
    ]),
  );
});

/** People with rights of their own, and none here. */
const strangers: Record<string, (of: Awaited<ReturnType<typeof house>>) => Promise<PersonContext>> = {
  'somebody with a registration of their own': async ({ as }) => {
    const other = await as('etrangere@exemple.example');
    await register(other);
    return again(other);
  },
  'a moderator of another territory': ({ as }) => as('pmi75@exemple.example', moderatorOf('departement:75')),
  'a reader of an agency elsewhere': ({ as }) =>
    as('lecture@exemple.example', { agency: 'caf', role: 'reader', scope: 'departement:75' }),
  'an editor who was removed': async ({ victim, registration, editor }) => {
    const removed = await changeMember(victim, registration, editor.actor.account, undefined);
    if (!removed.ok) throw new Error(removed.error.code);
    return again(editor);
  },
};

it('whoever is not of it reads and changes nothing of another’s, at any door', async () => {
  const made = await house();
  const { context, registration, cases, others, words, victim } = made;
  const untouched = async (who: string, before: readonly string[]): Promise<void> => {
    const after = await rowsOf(context, words);
    expect([who, before.filter((row) => !after.includes(row))]).toEqual([who, []]);
    // Nothing that decides of the victim’s was added either: no member, no case, no attestation.
    const deciding = /^(registration|membership|invitation|moderation_case|attestation|agency_grant) /;
    expect([who, after.filter((row) => !before.includes(row) && deciding.test(row))]).toEqual([who, []]);
    expect(context.posted.filter(({ text }) => text.includes(SECRET) && text.includes('pirate'))).toEqual([]);
  };

  const visitor: Actor = { kind: 'visitor' };
  const atFirst = await rowsOf(context, words);
  for (const door of doors) {
    for (const id of idsFor(door, registration, cases)) {
      const { status, text } = await call({ ...context, actor: visitor }, door, [id, ...others]);
      expect.soft(`${door.route} ${door.name} ${text}`).not.toContain(SECRET);
      if (isOwn(door.route)) {
        expect.soft(`${door.route} ${door.name} ${status} ${text}`).toMatch(/ (303 \/connexion|4\d\d|500)/);
      }
    }
  }
  await untouched('a visitor', atFirst);

  for (const [who, arrive] of Object.entries(strangers)) {
    const stranger = await arrive(made);
    const before = await rowsOf(context, words);
    for (const door of doors) {
      for (const id of idsFor(door, registration, cases)) {
        const { status, text } = await call(stranger, door, [id, ...others]);
        const told = `${who}: ${door.route} ${door.name} ${status}`;
        expect.soft(`${told} ${text.includes(SECRET) ? text : ''}`).not.toContain(SECRET);
        expect.soft(`${told} ${text}`).not.toMatch(/ (\w+:)?\/\/pirate/);
        // A page of one thing says that it does not exist, or is not for them; a button says so where it is.
        if (oneOfTheirs.has(door.route)) expect.soft(told).toMatch(door.posts ? / (4\d\d|500)$/ : / (403|404)$/);
      }
    }
    await untouched(who, before);
  }

  // What is the address of nothing is told so: no door falls over it.
  for (const door of doors.filter(({ route }) => route.includes('['))) {
    for (const id of ['99999999999', '0', '-1', '1e9', '9'.repeat(400), 'a%00b', crypto.randomUUID()]) {
      const { status } = await call(victim, door, [id]);
      expect.soft([door.route, door.name, id.slice(0, 20), status]).not.toContain(500);
    }
  }

  // The owner, at the same doors, is let in: the walk would see it.
  const page = doors.find(({ route, name }) => route === '/professionnels/espace/[id]' && name === 'load');
  if (!page) throw new Error('the page is gone');
  const { status, text } = await call(victim, page, [registration]);
  expect([status, text.includes(SECRET)]).toEqual([200, true]);
}, 120_000);
