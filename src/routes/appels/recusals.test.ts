import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { callsHouse, depositedApplication } from '#testing/calls.ts';
import { askedReport, evaluatedCall, recuse, type Stop, secret, toLetters } from '#testing/calls-selection.ts';
import { addressOf, callDoor, doorsOf, type RouteDoor } from '#testing/doors.ts';

/** Every door of calls that reads, as the files say today and whatever is added: pages, lists, files. */
const files = import.meta.glob<Record<string, unknown>>('/src/routes/appels/espace/**/+*.server.ts', { eager: true });
const others = import.meta.glob<Record<string, unknown>>('/src/routes/appels/espace/**/+server.ts', { eager: true });
const doors = doorsOf({ ...files, ...others }).filter(({ posts }) => !posts);

/** What would tell of the hidden file: its words, its number, its amount however it is written, where it is. */
const { title: TITLE, holder: HOLDER } = secret;
const traces = [
  ...[TITLE, HOLDER, String(secret.number), String(secret.asked), '76543,21', '76543.21', '76 543'],
  ...[secret.place, secret.commune],
];

/** What says nothing of any file, whoever asks: pages about something else, and a date. */
const silent = [
  ...['', '/nouveau', '/national', '/national/liste', '/national/evaluation', '/national/evaluation/liste'],
  ...['/declarations/[edition]/[agency]/[region]', '/[id]', '/[id]/[section]'],
  ...['/[id]/seances/[seance]/seance.ics', '/candidatures/[id]/pieces/envoi/[file]'],
];

/** What is looked at on the way to the letters, when there is something to tell there and nowhere else. */
const stops: Readonly<Record<Stop, RegExp>> = {
  toConvene: /\/espace$|\/seances/,
  convened: /\/espace$|\/seances/,
  lettersReady: /\/espace$|\/resultats/,
  notified: /\/espace$|\/suivi/,
};

test('no reading of a call says anything of a file to who has not declared, or is recused from it (I-6)', async () => {
  const house = await callsHouse();
  const run = await evaluatedCall(house);
  const { call, hidden, as, evaluation, opinion, file } = run;
  const { ars, dreets, id, slug } = call;
  // The same holder wrote a letter of intent, hidden from the same people.
  const intent = { email: 'l@exemple.example', kind: 'intent', content: run.content } as const;
  const letter = await depositedApplication(house, call, intent);
  for (const who of [await as('mia'), dreets]) await recuse(who, id, letter.id);
  const coordinator = await house.agent('dreets', 'region:53', 'coordinator');
  const none = randomUUID();
  let params: Readonly<Record<string, string>> = {
    ...{ id, slug, section: 'axes', part: 'project', edition: '2021', agency: 'ars', region: '53' },
    ...{ application: hidden.id, opinion, evaluation, file, seance: none, scenario: none, report: none },
  };
  const read = async (who: PersonContext, { route, name, door }: RouteDoor) => {
    // The space of holders names an application, that of a call a call.
    const own = route.startsWith('/appels/espace/candidatures') ? { ...params, id: hidden.id } : params;
    const asked = `?format=csv&par=2&liste=deports&courrier=${params.letter ?? ''}`;
    const address = `${addressOf(route, own)}${name === 'GET' ? asked : ''}`;
    const answer = await callDoor(who, door, { address, params: own });
    expect([route, name, answer.crash]).toEqual([route, name, undefined]);
    // Ids and hashes are made by chance: digits in them tell nothing.
    return answer.text.replaceAll(/[\u202f\u00a0]/g, ' ').replaceAll(/[\da-f]{8}-[\da-f-]{27}|[\da-f]{16,}/g, '');
  };

  // The walk sees it where it may be seen: the same doors, by who declared and is not recused, or who signs the file.
  const telling = new Set<RouteDoor>();
  const see = async (some = doors) => {
    const those = [ars, hidden.holder, await as('cam'), await as('zoe'), await as('pia')];
    for (const door of some)
      for (const who of those) {
        if (telling.has(door)) break;
        const text = await read(who, door);
        if (traces.some((trace) => text.includes(trace))) telling.add(door);
      }
  };
  await see();

  const people = [
    ['agent who has not declared', coordinator],
    ['recused', await as('mia')],
    ['recused agent', dreets],
    ['found, not answered', await as('bea')],
  ] as const;
  const said = new Map<string, string>();
  const walk = async (some = doors) => {
    for (const [who, context] of people)
      for (const door of some) {
        const text = await read(context, door);
        said.set(`${who} ${door.file} ${door.name}`, text);
        // To declare, one must know who carries the files, and nothing else; found, one must know what to answer for.
        const named = door.route.endsWith('/interets') && !who.startsWith('recused');
        // Whoever leaves the room for a point knows its number, and who convenes a session puts it on the agenda.
        const leaves = door.route.includes('/[seance]') && who !== 'agent who has not declared';
        const numbered = leaves || (door.route.endsWith('/seances') && who === 'recused agent');
        const allowed = [...(named ? [HOLDER] : []), ...(numbered ? [String(secret.number)] : [])];
        const told = traces.filter((trace) => !allowed.includes(trace) && text.includes(trace));
        expect([who, door.route, door.name, told]).toEqual([who, door.route, door.name, []]);
      }
  };
  await walk();

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

  // The same on the way to its letters, and once there are a scenario, a session, decisions, letters and a report.
  await ars.db.updateTable('call_application').set({ call: id }).where('id', '=', hidden.id).execute();
  const { scenario, session } = await toLetters(house, run, async (stop, known) => {
    params = { ...params, ...known };
    const some = doors.filter(({ route }) => stops[stop].test(route));
    await walk(some);
    await see(some);
  });
  const letters = ars.db.selectFrom('call_letter').select('id').where('application', '=', hidden.id);
  const { id: sent } = await letters.executeTakeFirstOrThrow();
  const report = await askedReport(ars, hidden.id);
  params = { ...params, scenario, seance: session, letter: sent, report };
  await walk();

  // Nor by mail, but to who holds the file, and to who signs for it.
  const holders = ['b@exemple.example', 'direction@exemple.example'];
  const mails = house.context.posted.filter(
    ({ to, text, subject }) => !holders.includes(to) && traces.some((trace) => `${subject} ${text}`.includes(trace)),
  );
  expect(mails).toEqual([]);

  await see();
  // What stands above the pages of a place may say nothing: its pages do.
  const speaking = doors.filter(({ file: name }) => !name.endsWith('+layout.server.ts'));
  const mute = speaking.filter((door) => !telling.has(door)).map(({ route }) => route.replace('/appels/espace', ''));
  expect(mute.filter((route) => !silent.includes(route))).toEqual([]);
});
