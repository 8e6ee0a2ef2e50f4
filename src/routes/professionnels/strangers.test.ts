import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Actor, Context } from '#platform/server/context.ts';
import { changeMember, invite, setMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { again, moderatorOf, professionalsHouse, register, site } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';

/**
 * Every door under /professionnels and /mon-compte, as the files say today and whatever is added: a frame, a page, each
 * button, each file. A door is called as SvelteKit calls it.
 */
type Door = (event: never) => unknown;
const files = import.meta.glob<Record<string, Door | Record<string, Door>>>(
  ['/src/routes/professionnels/**/+*.ts', '/src/routes/mon-compte/**/+*.ts', '!**/+layout.ts', '!**/+page.ts'],
  { eager: true },
);
const doors = Object.entries(files).flatMap(([file, module]) => {
  const route = file.replace('/src/routes', '').replace(/\/\+[^/]*$/, '');
  return Object.entries(module).flatMap(([name, door]) =>
    typeof door === 'function'
      ? [{ route, name, door, posts: name !== 'load' && name !== 'GET' }]
      : Object.entries(door).map(([action, call]) => ({ route, name: `?/${action}`, door: call, posts: true })),
  );
});

/** What a visitor may read: nobody’s own. */
const open = new Set(['/professionnels load']);

/** In everything that the victim wrote, and nowhere else. */
const SECRET = 'Motsecret';

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

/** Every row of every table of people, but what each visit leaves of the visitor. */
const rowsOf = async ({ db }: Context): Promise<string[]> => {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'
      and table_name not in ('commune', 'territory', 'rate_limit')`.execute(db);
  const all: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select ${name} || ' ' || row_to_json(t)::text as row from ${sql.table(name)} t limit 2000`.execute(db);
    all.push(...rows.map(({ row }) => row));
  }
  return all;
};

/** What a door answered: its status, and everything it says. */
const call = async (
  context: Context,
  { route, door, posts }: (typeof doors)[number],
  ids: readonly string[],
): Promise<{ status: number; text: string }> => {
  const [first = ''] = ids;
  const params = Object.fromEntries([...route.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => [name, first]));
  if ('step' in params) params.step = posts ? 'envoi' : 'vous';
  const url = new URL(
    `${site}${route}?${new URLSearchParams({ id: first, pour: first, lieu: first, service: first, apres: first })}`,
  );
  const body = new URLSearchParams(everyField(ids));
  const event = {
    ...{ url, params, cookies: { get: () => undefined, set: () => {}, delete: () => {} }, setHeaders: () => {} },
    ...{ route: { id: route }, fetch, depends: () => {}, parent: async () => ({}) },
    request: new Request(url, posts ? { method: 'POST', body } : {}),
    getClientAddress: () => '192.0.2.1',
    locals: {
      context,
      ...{ settings: {}, publicOrigin: site, atMachine: false, requestId: 'x', site: { quickExitUrl: site } },
      house: { limits: { form: allowed, mailbox: allowed, signIn: allowed }, providers: [], context: () => context },
    },
  };
  const answer = await Promise.try(door as (event: unknown) => unknown, event).catch((thrown) => thrown);
  if (answer instanceof Response) return { status: answer.status, text: await answer.text() };
  const { status = 200, location } = (answer ?? {}) as { status?: number; location?: string };
  // An accident of a door opens nothing either, and is for the tests of that door.
  if (answer instanceof Error && !('status' in answer)) return { status: 500, text: '' };
  return { status, text: `${location ?? ''} ${JSON.stringify(answer)}` };
};
const allowed = async () => ({ allowed: true });

const house = async () => {
  const made = await professionalsHouse();
  const victim = await victimOf(made);
  return { ...made, ...victim };
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

it('nobody who is not signed in passes a door that is somebody’s', async () => {
  const { context, registration, cases } = await house();
  const before = await rowsOf(context);
  const visitor: Actor = { kind: 'visitor' };
  for (const door of doors) {
    if (open.has(`${door.route} ${door.name}`)) continue;
    for (const id of [registration, cases[0] ?? '']) {
      const { status, text } = await call({ ...context, actor: visitor }, door, [id]);
      expect.soft(`${door.route} ${door.name} ${status} ${text}`).toMatch(/ (303 \/connexion|4\d\d|500)/);
    }
  }
  expect(await rowsOf(context)).toEqual(before);
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

describe.each(Object.keys(strangers))('%s', (who) => {
  it('reads and changes nothing of another’s, at any door', async () => {
    const made = await house();
    const { context, registration, cases, others } = made;
    const stranger = await strangers[who]?.(made);
    if (!stranger) throw new Error(who);
    const before = await rowsOf(context);
    for (const door of doors) {
      for (const id of [registration, ...cases, ...others]) {
        const { status, text } = await call(stranger, door, [id]);
        const told = `${door.route} ${door.name} ${status}`;
        expect.soft(`${told} ${text.includes(SECRET) ? text : ''}`).not.toContain(SECRET);
        // A page of one thing says that it does not exist, or is not for them; a button says so where it is.
        if (door.route.includes('[')) expect.soft(told).toMatch(/ (303|4\d\d|500)$/);
        if (door.route.includes('[') && !door.posts) expect.soft(told).toMatch(/ (403|404)$/);
      }
    }
    const after = new Set(await rowsOf(context));
    const mine = stranger.actor.account;
    expect(before.filter((row) => !after.has(row) && !row.includes(mine))).toEqual([]);
    // Nothing of the victim’s was added to either: no member, no case, no message.
    const known = new Set(before);
    const added = [...after].filter(
      (row) => !known.has(row) && [registration, ...cases].some((id) => row.includes(id)),
    );
    expect(added).toEqual([]);
    expect(context.posted.filter(({ text }) => text.includes('pirate@exemple.example'))).toEqual([]);
  });
});

it('the owner, at the same doors, is let in: the walk would see it', async () => {
  const { victim, registration } = await house();
  const page = doors.find(({ route, name }) => route === '/professionnels/espace/[id]' && name === 'load');
  if (!page) throw new Error('the page is gone');
  const { status, text } = await call(victim, page, [registration]);
  expect([status, text.includes(SECRET)]).toEqual([200, true]);
});
