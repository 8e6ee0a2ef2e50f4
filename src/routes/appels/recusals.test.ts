import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  assignFiles,
  declareInterests,
  evaluationView,
  findAdmissible,
  inviteJuror,
  nameInJury,
  settleJury,
  submitEvaluation,
} from '#modules/calls/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { callsHouse, completeContent, declared, depositedApplication, done, publishedCall } from '#testing/calls.ts';
import { callDoor, type Door } from '#testing/doors.ts';

/** Every door of calls that reads, as the files say today and whatever is added: pages, lists, files. */
const files = import.meta.glob<Record<string, unknown>>('/src/routes/appels/espace/**/+*.server.ts', { eager: true });
const others = import.meta.glob<Record<string, unknown>>('/src/routes/appels/espace/**/+server.ts', { eager: true });
const doors = Object.entries({ ...files, ...others }).flatMap(([file, module]) => {
  const route = file.replace('/src/routes', '').replace(/\/\+[^/]*$/, '');
  return (['load', 'GET'] as const).flatMap((name) =>
    typeof module[name] === 'function' ? [{ file, route, name, door: module[name] as Door }] : [],
  );
});

const TITLE = 'Motsecret';
const HOLDER = 'Porteursecret';
const NUMBER = 7919;
const ASKED = 7_654_321;
/** What would tell of the hidden file: its words, its number, its amount however it is written. */
const traces = [TITLE, HOLDER, String(NUMBER), String(ASKED), '76543,21', '76543.21', '76 543'];

const nothing = { answer: 'none', files: [], sirens: '' } as const;

/** A call with two files, one of which is hidden from some; a jury, evaluations begun. */
const selection = async () => {
  const house = await callsHouse();
  const call = await publishedCall(house);
  const { ars, id } = call;
  await depositedApplication(house, call, { email: 'a@exemple.example' });
  const { holder, budget, project } = completeContent();
  const content = {
    project: { ...project, title: TITLE },
    holder: { ...holder, name: HOLDER, siret: '21350238800019' },
    partners: { partners: [{ name: HOLDER, siren: '775672272', brings: '' }] },
    budget: { ...budget, resources: budget.resources.map((one) => ({ ...one, cents: ASKED })) },
  };
  const hidden = await depositedApplication(house, call, { email: 'b@exemple.example', content });
  const { db } = ars;
  await db.updateTable('call_application').set({ number: NUMBER }).where('id', '=', hidden.id).execute();
  house.clock.moveTo('2021-07-20T08:00:00Z');
  const invite = (name: string, more = {}) =>
    inviteJuror(ars, id, {
      ...{ name, email: `${name}@exemple.example`, organisation: `Organisme de ${name}`, siren: '', represents: '' },
      ...{ quality: 'partner', voice: 'deliberative', group: '', origin: 'https://mille-jours.example', ...more },
    });
  const pia = done(await invite('pia'));
  const cam = done(await invite('cam'));
  done(await invite('mia'));
  done(await invite('bea', { siren: '775672272' }));
  const as = (name: string) => house.as(`${name}@exemple.example`);
  await declared(ars, id);
  for (const name of ['pia', 'cam', 'bea']) done(await declareInterests(await as(name), id, nothing));
  const recuse = { application: hidden.id, stand: 'recused', kind: 'family', reason: 'Un proche y travaille.' };
  for (const who of [await as('mia'), call.dreets])
    done(await declareInterests(who, id, { answer: 'recusal', files: [recuse], sirens: '' }));
  done(await nameInJury(ars, id, 'preside', pia));
  done(await settleJury(ars, id, 'Personne d’autre.'));
  // Evaluated by somebody who may, in words that say the secret too.
  done(await findAdmissible(ars, hidden.id));
  done(await assignFiles(ars, id, [{ application: hidden.id, juror: cam }], undefined));
  const own = await evaluationView(await as('cam'), id, hidden.id);
  const words = { points: null, words: `${TITLE} est solide` };
  done(await submitEvaluation(await as('cam'), own?.own?.id ?? '', { criteria: [words, words], conclusion: TITLE }));
  return { house, call, hidden, as, evaluation: own?.own?.id ?? '' };
};

test('no reading of a call says anything of a file to who has not declared, or is recused from it (I-6)', async () => {
  const { house, call, hidden, as, evaluation } = await selection();
  const { ars, dreets, id, slug } = call;
  const coordinator = await house.agent('dreets', 'region:53', 'coordinator');
  const params = {
    ...{ id, slug, section: 'axes', part: 'project', edition: '2021', agency: 'ars', region: '53' },
    ...{ application: hidden.id, opinion: hidden.id, evaluation, session: hidden.id, scenario: hidden.id },
  };
  const read = async (who: PersonContext, { route, name, door }: (typeof doors)[number]) => {
    // The space of holders names an application, that of a call a call.
    const own = route.startsWith('/appels/espace/candidatures') ? { ...params, id: hidden.id } : params;
    const address = route.replaceAll(
      /\[(?:\.\.\.)?(\w+)\]/g,
      (_, key: string) => own[key as keyof typeof own] ?? hidden.id,
    );
    const answer = await callDoor(who, door, {
      address: `${address}${name === 'GET' ? '?format=csv&par=2' : ''}`,
      params: own,
    });
    return answer.text.replaceAll(/[\u202f\u00a0]/g, ' ');
  };

  // The walk sees it where it may be seen: the same doors, by somebody who declared and is not recused.
  const telling: string[] = [];
  for (const door of doors) if ((await read(ars, door)).includes(TITLE)) telling.push(door.route);
  expect(telling.length).toBeGreaterThan(5);

  const people = [
    ['agent who has not declared', coordinator],
    ['recused', await as('mia')],
    ['recused agent', dreets],
    ['found, not answered', await as('bea')],
  ] as const;
  const said = new Map<string, string>();
  for (const [who, context] of people)
    for (const door of doors) {
      const text = await read(context, door);
      said.set(`${who} ${door.file} ${door.name}`, text);
      // To declare, one must know who carries the files, and nothing else; found, one must know what to answer for.
      const named = door.route.endsWith('/interets') && !who.startsWith('recused');
      const told = traces.filter((trace) => !(named && trace === HOLDER) && text.includes(trace));
      expect([who, door.route, door.name, told]).toEqual([who, door.route, door.name, []]);
    }

  // Nothing to guess either: to a recused person each page says the same once the file is in another call.
  const { rows } = await sql<{ id: string }>`
    insert into call (slug, kind, edition, territory, agencies, status, opens_at, closes_at, changed_at, state)
    select 'ailleurs', kind, edition, territory, '{}', status, opens_at, closes_at, changed_at, state
    from call where id = ${id} returning id`.execute(ars.db);
  await ars.db
    .updateTable('call_application')
    .set({ call: rows[0]?.id ?? '' })
    .where('id', '=', hidden.id)
    .execute();
  for (const [who, context] of people.filter(([one]) => one.startsWith('recused')))
    for (const door of doors) {
      if (door.route.startsWith('/appels/espace/candidatures')) continue;
      const where = `${who} ${door.file} ${door.name}`;
      expect([where, await read(context, door)]).toEqual([where, said.get(where)]);
    }

  // Nor by mail.
  const mails = house.context.posted.filter(({ text, subject }) =>
    traces.some((trace) => `${subject} ${text}`.includes(trace)),
  );
  expect(mails).toEqual([]);
  expect(doors.length).toBeGreaterThan(30);
});
