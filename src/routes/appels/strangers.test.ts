import { expect, test } from 'vitest';
import { callsHouse } from '#testing/calls.ts';
import { askedReport, evaluatedCall, secret, toLetters } from '#testing/calls-selection.ts';
import { addressOf, callDoor, doorsOf } from '#testing/doors.ts';

/** Every door of the space of calls, as the files say today and whatever is added. */
const pages = import.meta.glob<Record<string, unknown>>('/src/routes/appels/espace/**/+*.server.ts', { eager: true });
const others = import.meta.glob<Record<string, unknown>>('/src/routes/appels/espace/**/+server.ts', { eager: true });
const sources = import.meta.glob<string>('/src/routes/appels/espace/**/*.server.ts', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const open = import.meta.glob<Record<string, unknown>>(
  ['/src/routes/appels/[[]slug[]]/**/+*.ts', '/src/routes/appels/+*.ts', '/src/routes/appels/qui-organise/+*.ts'],
  { eager: true },
);
const doors = doorsOf({ ...pages, ...others });

const SECRET = 'Motsecret';

test('no door of a call opens to a visitor, to somebody without a role, or to the same agency elsewhere', async () => {
  const house = await callsHouse();
  const run = await evaluatedCall(house);
  const { scenario, session } = await toLetters(house, run);
  const { hidden, opinion, file } = run;
  const { ars, id } = run.call;
  const report = await askedReport(ars, hidden.id);
  await ars.db.updateTable('call_contact').set({ name: SECRET }).execute();
  const before = await ars.db.selectFrom('call').select(['state', 'status']).execute();
  const events = () => ars.db.selectFrom('journal_event').select('hash').orderBy('hash').execute();

  // The walk below would see it: whoever declared does.
  const own = doors.find(({ route, name }) => route.includes('/declarations/') && name === 'load');
  const declared = { edition: '2021', agency: 'ars', region: '53' };
  const mine = own && (await callDoor(ars, own.door, { address: '/appels/espace', params: declared }));
  expect(mine?.text).toContain(SECRET);

  const stranger = await house.as('inconnue@exemple.example');
  const elsewhere = await house.agent('ars', 'region:52');
  const form = {
    ...{
      section: 'axes',
      axes: '2',
      seen: '2',
      command: 'publish',
      reason: 'x',
      agency: 'ars',
      motive: 'x',
      text: 'x',
    },
    ...{
      kind: 'regional',
      territory: 'region:53',
      configuration: 'joint',
      organisation: 'x',
      email: 'p@exemple.example',
    },
    ...{ referent_name: 'Pirate', referent_email: 'p@exemple.example', on_jour: '9', on_mois: '5', on_annee: '2021' },
    ...{ director_name: 'Pirate', director_email: 'p@exemple.example' },
  };
  const journal = await events();
  const params = {
    ...{ id, section: 'axes', part: 'project', edition: '2021', agency: 'ars', region: '53', application: hidden.id },
    ...{ opinion, scenario, seance: session, file, report },
  };
  for (const { route, name, door, posts } of doors) {
    for (const [who, context] of [
      ['visitor', house.context],
      ['stranger', stranger],
      ['elsewhere', elsewhere],
    ] as const) {
      // The space of holders names an application, that of a call a call.
      const own = route.startsWith('/appels/espace/candidatures') ? { ...params, id: hidden.id } : params;
      const address = addressOf(route, own);
      const answer = await callDoor(context, door, { address, params: own, ...(posts ? { form } : {}) });
      const where = [who, route, name];
      expect([...where, answer.crash]).toEqual([...where, undefined]);
      const told = [SECRET, secret.title, secret.holder].filter((word) => answer.text.includes(word));
      expect([...where, told]).toEqual([...where, []]);
      // 401: what was typed comes back, to be sent again once signed in.
      if (who === 'visitor')
        expect([...where, answer.status === 401 || answer.text.includes('/connexion')]).toEqual([...where, true]);
      else if (posts) expect([...where, answer.status >= 400]).toEqual([...where, true]);
    }
  }
  expect(await ars.db.selectFrom('call').select(['state', 'status']).execute()).toEqual(before);
  expect(await events()).toEqual(journal);
  expect(doors.length).toBeGreaterThan(20);

  // Nobody’s mailbox is flooded: two batches of files make one message, and an agreement is not given to sign over and over.
  const given = house.context.posted.filter(({ subject }) => subject === 'Des candidatures à évaluer');
  expect([given.length, new Set(given.map(({ key }) => key)).size]).toEqual([2, 1]);
  const page = doors.filter(({ route }) => route === '/appels/espace/[id]/suivi/[application]');
  const send = (action: string, mailbox: boolean) => {
    const door = page.find(({ name }) => name === `?/${action}`)?.door ?? (() => undefined);
    const free = async () => ({ allowed: true }) as const;
    const full = async () => ({ allowed: false, retryAfterSeconds: 60 }) as const;
    const limits = { api: free, form: free, signIn: free, mailbox: mailbox ? free : full };
    return callDoor(ars, door, { address: '/appels', params, form: {}, limits });
  };
  expect((await send('reprendre', false)).status).toBe(303);
  const posted = house.context.posted.length;
  expect((await send('relire', false)).text).toContain('mailbox_full');
  expect(house.context.posted.length).toBe(posted);
  expect((await send('relire', true)).status).toBe(303);
  expect(house.context.posted.length).toBe(posted + 1);

  // Whoever may open them makes none fail either, with an address or a form that no page of ours writes.
  const crashes: string[] = [];
  const forged = ['\0', '1.01', '1e30'];
  const query = (value: string) => new URLSearchParams(asked.map((name): [string, string] => [name, value])).toString();
  for (const { route, name, door, file, posts } of doors)
    for (const value of forged) {
      const own = route.startsWith('/appels/espace/candidatures') ? { ...params, id: hidden.id } : params;
      const who = route.startsWith('/appels/espace/candidatures') ? hidden.holder : ars;
      const fields = Object.fromEntries(
        [...(sources[file] ?? '').matchAll(FIELD)].map(([, field = '']) => [field, value]),
      );
      const visits = posts ? [{ form: fields }] : [{ address: `${addressOf(route, own)}?${query(value)}` }];
      for (const visit of visits) {
        const { crash } = await callDoor(who, door, { address: addressOf(route, own), params: own, ...visit });
        if (crash && !crash.includes(UNBUILT)) crashes.push([route, name, value, crash.slice(0, 300)].join(' '));
      }
      const nowhere = Object.fromEntries(Object.keys(own).map((key) => [key, value]));
      const { crash } = await callDoor(who, door, {
        address: '/appels',
        params: nowhere,
        ...(posts ? { form: fields } : {}),
      });
      if (crash && !crash.includes(UNBUILT))
        crashes.push([route, name, value, 'nowhere', crash.slice(0, 1200)].join(' '));
    }
  for (const { route, name, door } of doorsOf(open))
    for (const value of forged) {
      const visit = { address: `/appels?${query(value)}`, params: { slug: value } };
      const { crash } = await callDoor(ars, door, visit);
      if (crash && !crash.includes(UNBUILT)) crashes.push([route, name, value, crash.slice(0, 300)].join(' '));
    }
  expect(crashes).toEqual([]);
});

/** This house has no library of initiatives: it is an accident of the test. */
const UNBUILT = 'is not built';
/** Fields that an action reads, as its file names them. */
const FIELD = /(?:text|get|getAll|of)\('([\w-]+)'\)/g;
/** What addresses ask. */
const asked = [
  'page',
  'q',
  'territoire',
  'statut_porteur',
  'etat',
  'axe',
  'evaluation',
  'de',
  'a',
  'tri',
  'sens',
  'par',
  'depot',
  'courrier',
  'edition',
  'format',
  'type',
  'liste',
  'reste',
  'lieu',
  'structure',
];
