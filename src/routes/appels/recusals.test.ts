import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { callsHouse } from '#testing/calls.ts';
import { evaluatedCall, secret, toLetters } from '#testing/calls-selection.ts';
import { addressOf, callDoor, doorsOf, type RouteDoor } from '#testing/doors.ts';

/** Every door of calls that reads, as the files say today and whatever is added: pages, lists, files. */
const files = import.meta.glob<Record<string, unknown>>('/src/routes/appels/espace/**/+*.server.ts', { eager: true });
const others = import.meta.glob<Record<string, unknown>>('/src/routes/appels/espace/**/+server.ts', { eager: true });
const doors = doorsOf({ ...files, ...others }).filter(({ posts }) => !posts);

/** What would tell of the hidden file: its words, its number, its amount however it is written. */
const { title: TITLE, holder: HOLDER } = secret;
const traces = [TITLE, HOLDER, String(secret.number), String(secret.asked), '76543,21', '76543.21', '76 543'];

/** What the walk sees of no file, whoever asks: pages about something else, compressed documents, what is not in its fixture. */
const silent = [
  ...['', '/nouveau', '/national', '/national/evaluation', '/declarations/[edition]/[agency]/[region]'],
  ...['/[id]', '/[id]/[section]', '/[id]/candidatures/lettres', '/[id]/resultats/courriers'],
  // They name files before its session, and before its agreement.
  ...['/[id]/seances', '/[id]/suivi/[application]/termes'],
  ...['/[id]/seances/[seance]/proces-verbal.pdf', '/candidatures/[id]/decision/courrier.pdf'],
  ...['/candidatures/[id]/recepisse.pdf', '/conventions/[application]/fichier'],
  // No attachment, no report: `attachments.test.ts` and `after.test.ts` have them.
  ...['/candidatures/[id]/pieces/[file]', '/candidatures/[id]/pieces/envoi/[file]'],
  '/candidatures/[id]/suivi/[report]',
];

test('no reading of a call says anything of a file to who has not declared, or is recused from it (I-6)', async () => {
  const house = await callsHouse();
  const run = await evaluatedCall(house);
  const { call, hidden, as, evaluation, opinion } = run;
  const { ars, dreets, id, slug } = call;
  const coordinator = await house.agent('dreets', 'region:53', 'coordinator');
  const none = randomUUID();
  let params: Readonly<Record<string, string>> = {
    ...{ id, slug, section: 'axes', part: 'project', edition: '2021', agency: 'ars', region: '53' },
    ...{ application: hidden.id, opinion, evaluation, seance: none, scenario: none, file: none, report: none },
  };
  const read = async (who: PersonContext, { route, name, door }: RouteDoor) => {
    // The space of holders names an application, that of a call a call.
    const own = route.startsWith('/appels/espace/candidatures') ? { ...params, id: hidden.id } : params;
    const address = `${addressOf(route, own)}${name === 'GET' ? '?format=csv&par=2' : ''}`;
    const answer = await callDoor(who, door, { address, params: own });
    expect([route, name, answer.crash]).toEqual([route, name, undefined]);
    return answer.text.replaceAll(/[\u202f\u00a0]/g, ' ');
  };

  // The walk sees it where it may be seen: the same doors, by who declared and is not recused, or who signs the file.
  const telling = new Set<RouteDoor>();
  const see = async () => {
    const those = [ars, hidden.holder, await as('cam'), await as('zoe'), await as('pia')];
    for (const door of doors)
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
  const walk = async () => {
    for (const [who, context] of people)
      for (const door of doors) {
        const text = await read(context, door);
        said.set(`${who} ${door.file} ${door.name}`, text);
        // To declare, one must know who carries the files, and nothing else; found, one must know what to answer for.
        const named = door.route.endsWith('/interets') && !who.startsWith('recused');
        // Whoever leaves the room for a point knows its number.
        const numbered = door.route.includes('/[seance]') && who !== 'agent who has not declared';
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

  // Nor by mail.
  const mails = house.context.posted.filter(({ text, subject }) =>
    traces.some((trace) => `${subject} ${text}`.includes(trace)),
  );
  expect(mails).toEqual([]);

  // The same once there are a scenario, a session, decisions and letters.
  await ars.db.updateTable('call_application').set({ call: id }).where('id', '=', hidden.id).execute();
  const { scenario, session } = await toLetters(house, run);
  params = { ...params, scenario, seance: session };
  await walk();

  await see();
  // What stands above the pages of a place may say nothing: its pages do.
  const speaking = doors.filter(({ file: name }) => !name.endsWith('+layout.server.ts'));
  const mute = speaking.filter((door) => !telling.has(door)).map(({ route }) => route.replace('/appels/espace', ''));
  expect(mute.filter((route) => !silent.includes(route))).toEqual([]);
});
