import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { setMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import {
  type CallsHouse,
  callsHouse,
  completeContent,
  done,
  fillCall,
  move,
  publishedCall,
  startedApplication,
} from '#testing/calls.ts';
import { callDoor, type Door } from '#testing/doors.ts';
import { again } from '#testing/professionals.ts';
import { applicationStatuses } from '../../application/application.ts';
import { callView } from '../call-view.ts';
import { openCall } from '../calls.ts';
import { exportCalls, forgetInCalls } from '../rights.ts';
import { applicationRow, memberRole } from './application-stream.ts';
import { depositApplication } from './deposit-application.ts';
import { dismissMember, handOver, inviteMember, leaveFile, membersOf } from './members.ts';
import { filesOfMyStructures, ownFile, ownFiles, whatIsMissing } from './own-files.ts';
import { sayHere } from './presence.ts';
import { startApplication } from './start.ts';
import { readContent, readPart, writePart } from './write-part.ts';

const origin = 'https://mille-jours.example';

let house: CallsHouse;
let call: Awaited<ReturnType<typeof publishedCall>>;
beforeAll(async () => {
  let end = async () => {};
  house = await callsHouse(undefined, (work) => {
    end = work;
  });
  call = await publishedCall(house);
  return () => end();
});
let drafts = 0;
/** A draft of somebody new, with everything written. */
const draft = (kind: 'full' | 'intent' = 'full') => {
  drafts += 1;
  return startedApplication(house, call, { email: `porteuse${drafts}@exemple.example`, kind });
};

test('an application is written part by part; its row says what lists search by', async () => {
  const { id, holder, content } = await draft();
  expect((await readContent(holder, id)).content).toEqual(content);
  const row = await holder.db.selectFrom('call_application').selectAll().where('id', '=', id).executeTakeFirst();
  expect(row).toMatchObject({
    ...{ status: 'draft', siren: '123456782', holder: 'Association Exemple', axes: [1] },
    ...{ title: 'Une maison des parents', asked_cents: 4_000_000, total_cents: 6_000_000 },
    territories: ['commune:35238'],
  });
});

test('those who start at the same moment have each their number', async () => {
  const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => house.as(`depart.${name}@exemple.example`)));
  const started = await Promise.all(people.map((one) => startApplication(one, call.id, { kind: 'full' })));
  const rows = await house.context.db
    .selectFrom('call_application')
    .select('number')
    .where('id', 'in', started.map(done))
    .execute();
  expect(new Set(rows.map(({ number }) => number)).size).toBe(4);
});

test('two write one part at once: one wins, the other is told what stands; sent twice, it is written once (I-18)', async () => {
  const { id, holder, content } = await draft();
  const write = (title: string, seen: number) =>
    writePart(holder, id, 'project', { ...content.project, title }, { seen });
  const both = await Promise.all([write('Le mien', 1), write('Le sien', 1)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const stands = await readPart(holder, id, 'project');
  expect(stands.version).toBe(2);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'journal_conflict', theirs: stands } });
  // The answer was lost and it is sent again: it says what is there.
  expect(done(await write(stands.content.title, 1)).version).toBe(2);
  // Two parts at once are two.
  const parts = await Promise.all([
    writePart(holder, id, 'project', { ...content.project, title: 'Autre' }, { seen: 2 }),
    writePart(holder, id, 'axes', { axes: [1, 2], words: '' }, { seen: 1 }),
  ]);
  expect(parts.map(({ ok }) => ok)).toEqual([true, true]);
});

test('what does not fit is refused by its field and its rule, and nothing of the part is lost', async () => {
  const { id, holder, content } = await draft();
  const project = { ...content.project, summary: 'é'.repeat(50_000) };
  expect(await writePart(holder, id, 'project', project, { seen: 1 })).toMatchObject({
    error: { code: 'too_long', field: 'summary' },
  });
  expect(await writePart(holder, id, 'axes', { axes: [9], words: '' }, { seen: 1 })).toMatchObject({
    error: { code: 'axes_not_of_call', rule: { reference: expect.stringContaining('R-50') } },
  });
  for (const outside of ['commune:44109', 'region:52', 'commune:99999', 'region:53; drop', 'france'])
    expect(
      await writePart(holder, id, 'territory', { territories: ['commune:35238', outside], words: '' }, { seen: 1 }),
    ).toMatchObject({ error: { code: 'outside_territory', rule: { reference: expect.stringContaining('R-51') } } });
  expect((await readContent(holder, id)).content).toEqual(content);
  // What PostgreSQL cannot keep in a text goes; the rest is kept.
  done(await writePart(holder, id, 'project', { ...content.project, title: 'Sou\0ffler \ud800' }, { seen: 1 }));
  expect((await readPart(holder, id, 'project')).content.title).toBe('Souffler \ufffd');
});

test('a file has who signs, who writes and who reads; the signature is handed over, never lost', async () => {
  const { id, holder, content } = await draft();
  const invite = (email: string, role: string) => inviteMember(holder, id, { email, role, origin });
  done(await invite('ecrit@exemple.example', 'writer'));
  done(await invite('lit@exemple.example', 'reader'));
  expect(house.context.posted.at(-1)).toMatchObject({ to: 'lit@exemple.example' });
  expect(await invite(holder.actor.email, 'reader')).toMatchObject({ error: { code: 'signs_already' } });
  const [writer, reader] = [await house.as('ecrit@exemple.example'), await house.as('lit@exemple.example')];
  expect((await ownFiles(reader)).map((one) => one.id)).toEqual([id]);
  const title = { ...content.project, title: 'À deux' };
  done(await writePart(writer, id, 'project', title, { seen: 1 }));
  expect(await writePart(reader, id, 'project', title, { seen: 2 })).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await inviteMember(writer, id, { email: 'x@exemple.example', role: 'reader', origin })).toMatchObject({
    error: { code: 'not_allowed' },
  });
  expect(await leaveFile(holder, id)).toMatchObject({ error: { code: 'signs' } });
  // Everybody sees what is missing, not only who signs.
  done(await writePart(writer, id, 'project', { ...title, title: '' }, { seen: 2 }));
  expect(await whatIsMissing(reader, id)).toEqual(await whatIsMissing(holder, id));
  expect(await whatIsMissing(reader, id)).toMatchObject([{ part: 'project', field: 'title' }]);

  const memberOf = async (email: string) => (await membersOf(holder, id)).find((one) => one.email === email)?.id ?? '';
  done(await handOver(holder, id, { member: await memberOf('ecrit@exemple.example'), origin }));
  expect(await handOver(holder, id, { member: await memberOf('lit@exemple.example'), origin })).toMatchObject({
    error: { code: 'not_allowed' },
  });
  expect((await membersOf(writer, id)).map(({ email, role }) => [email, role])).toEqual([
    ['ecrit@exemple.example', 'signatory'],
    [holder.actor.email, 'writer'],
    ['lit@exemple.example', 'reader'],
  ]);
  expect(await depositApplication(holder, id, { origin })).toMatchObject({ error: { code: 'not_allowed' } });
  done(await leaveFile(holder, id));
  done(await dismissMember(writer, id, (await membersOf(writer, id)).at(-1)?.id ?? ''));
  expect([await memberRole(holder, id), await memberRole(reader, id)]).toEqual([undefined, undefined]);
});

test('whoever signs and is erased leaves the signature to who has written for the longest, who is told', async () => {
  const { id, holder } = await draft();
  for (const [email, role] of [
    ['lectrice@exemple.example', 'reader'],
    ['premiere@exemple.example', 'writer'],
    ['seconde@exemple.example', 'writer'],
  ] as const)
    done(await inviteMember(holder, id, { email, role, origin }));
  const first = await house.as('premiere@exemple.example');
  const second = await house.as('seconde@exemple.example');
  const { db } = holder;
  const later = house.clock.now().add({ seconds: 1 });
  await db
    .updateTable('call_application_member')
    .set({ invited_at: later })
    .where('email', '=', second.actor.email)
    .execute();
  await forgetInCalls(holder, holder.actor.account);
  expect([await memberRole(holder, id), await memberRole(first, id), await memberRole(second, id)]).toEqual([
    ...[undefined, 'signatory', 'writer'],
  ]);
  expect(house.context.posted.at(-1)).toMatchObject({ to: first.actor.email, subject: 'Vous signez une candidature' });
});

test('who has a part open is told to the others of the file, for a minute', async () => {
  const { id, holder } = await draft();
  done(await inviteMember(holder, id, { email: 'ensemble@exemple.example', role: 'writer', origin }));
  const other = await house.as('ensemble@exemple.example');
  const now = house.clock.now();
  expect(await sayHere(holder, id, 'project')).toEqual([]);
  expect(await sayHere(other, id, 'project')).toEqual([holder.actor.email]);
  expect(await sayHere(other, id, 'axes')).toEqual([]);
  expect(await sayHere(call.ars, id, 'project')).toBeUndefined();
  house.clock.moveTo(now.add({ seconds: 61 }).toString());
  expect(await sayHere(other, id, 'axes')).toEqual([]);
  expect(await holder.db.selectFrom('call_application_presence').select('part').execute()).toEqual([{ part: 'axes' }]);
  house.clock.moveTo(now.toString());
});

test('a draft opens to nobody else: no door of the space of its holder, not even to its organisers', async () => {
  const { id, holder, content } = await draft();
  const SECRET = 'Motsecret';
  done(await writePart(holder, id, 'project', { ...content.project, summary: SECRET }, { seen: 1 }));
  const files = import.meta.glob<Record<string, Door | Record<string, Door>>>([
    '/src/routes/appels/espace/candidatures/**/+page.server.ts',
    '/src/routes/appels/espace/candidatures/**/+server.ts',
  ]);
  const before = await readContent(holder, id);
  const members = await membersOf(holder, id);
  const form = {
    ...{ seen: '2', title: 'Pirate', summary: 'x', email: 'p@exemple.example', role: 'writer', reason: 'x' },
    member: members[0]?.id ?? '',
  };
  let tried = 0;
  for (const [file, read] of Object.entries(files)) {
    const route = file.replace('/src/routes', '').replace(/\/\+[^/]*$/, '');
    const module = await read();
    const doors = Object.entries(module).flatMap(([name, door]) =>
      typeof door === 'function'
        ? [{ name, door, posts: name === 'POST' || name === 'PUT' }]
        : Object.entries(door).map(([action, one]) => ({ name: `?/${action}`, door: one, posts: true })),
    );
    for (const { name, door, posts } of doors) {
      for (const [who, context] of [
        ['visitor', house.context],
        ['stranger', await house.as('inconnue@exemple.example')],
        ['organiser', call.ars],
      ] as const) {
        const params = { id, part: 'project', file: randomUUID(), report: randomUUID() };
        const answer = await callDoor(context, door, { address: route, params, ...(posts ? { form } : {}) });
        expect([who, route, name, answer.text.includes(SECRET)]).toEqual([who, route, name, false]);
        if (posts && who !== 'visitor')
          expect([who, route, name, answer.status >= 400]).toEqual([who, route, name, true]);
        tried += 1;
      }
    }
  }
  expect(tried).toBeGreaterThan(30);
  expect(await readContent(holder, id)).toEqual(before);
  expect(await membersOf(holder, id)).toEqual(members);
  expect(await ownFile(call.ars, id)).toBeUndefined();
  expect((await ownFile(holder, id))?.content.project.summary).toBe(SECRET);
});

test('somebody of a published structure learns what files it has, not what they say; a SIREN typed opens nothing', async () => {
  const { id, holder } = await draft();
  const letter = await draft('intent');
  done(await depositApplication(letter.holder, letter.id, { origin }));
  const typed = await startedApplication(house, call, { email: 'curieuse@exemple.example' });
  expect(await filesOfMyStructures(typed.holder, call.id)).toEqual([]);
  const colleague = await house.as('collegue@exemple.example');
  const structure = {
    as: 'structure',
    structure: { name: 'Association Exemple', kind: 'association', siret: '12345678200010' },
  };
  const registered = async (status: 'draft' | 'published') => {
    const now = house.clock.now();
    const { id } = await house.context.db
      .insertInto('registration')
      .values({
        ...{ account: colleague.actor.account, status, created_at: now, changed_at: now, sent_at: now },
        ...{ draft: JSON.stringify(structure), published: JSON.stringify(structure) },
        ...{ insee: null, epci: null, departement: null, region: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    done(await setMember({ ...house.context, actor: { kind: 'system' } }, id, colleague.actor.account, 'owner'));
  };
  await registered('draft');
  expect(await filesOfMyStructures(await again(colleague), call.id)).toEqual([]);
  await registered('published');
  const told = await filesOfMyStructures(await again(colleague), call.id);
  const row = async (file: string) => (await applicationRow(holder, file))?.number;
  const line = { call: call.id, structure: 'Association Exemple' };
  // What each is and where it stands: a letter of intent is no application. Nothing else of it, and no way in.
  expect(told).toContainEqual({ ...line, number: await row(id), kind: 'full', status: 'draft' });
  expect(told).toContainEqual({ ...line, number: await row(letter.id), kind: 'intent', status: 'deposited' });
  expect(told.flatMap((one) => Object.keys(one)).sort()).toEqual(
    told.flatMap(() => ['call', 'kind', 'number', 'status', 'structure']).sort(),
  );
  expect(await filesOfMyStructures(await again(colleague))).toEqual(told);
  expect(await ownFile(await again(colleague), id)).toBeUndefined();
  const cover = await import('../../../../routes/appels/espace/candidatures/+page.server.ts');
  const address = '/appels/espace/candidatures';
  const shown = await callDoor(await again(colleague), cover.load, { address });
  expect(shown.text).toContain(`Lettre d’intention ${await row(letter.id)}, Association Exemple\u00a0: déposée`);
  expect(shown.text).toContain(`Candidature ${await row(id)}, Association Exemple\u00a0: non déposée`);
  for (const hidden of [id, letter.id, 'Une maison des parents', holder.actor.email])
    expect(shown.text).not.toContain(hidden);
  // Where its examination stands is not said: whoever is recused from it in the selection may be of the structure too (I-6).
  const stands = (status: (typeof applicationStatuses)[number]) =>
    house.context.db.updateTable('call_application').set({ status }).where('id', '=', id).execute();
  const mine = await row(id);
  for (const status of applicationStatuses) {
    await stands(status);
    const said = (await filesOfMyStructures(await again(colleague), call.id)).find(({ number }) => number === mine);
    const open = ['absent', 'draft', 'deposited', 'notified', 'withdrawn', 'lapsed', 'converted', 'closed'];
    expect([status, said?.status]).toEqual([status, open.includes(status) ? status : 'deposited']);
  }
  await stands('draft');
  // What one takes away is one’s own files, and nothing of the others.
  const { GET } = await import('../../../../routes/appels/espace/candidatures/liste/+server.ts');
  const taken = async (who: PersonContext) =>
    (await callDoor(who, GET, { address: `${address}/liste?format=csv` })).text;
  expect((await taken(await again(colleague))).trim().split('\n')).toHaveLength(1);
  expect(await taken(letter.holder)).toMatch(
    /Lettre d’intention;\d+;Une maison des parents;Association Exemple;déposée;vous signez;2021-07-15 16:00:00/,
  );
  done(await inviteMember(holder, id, { email: colleague.actor.email, role: 'reader', origin }));
  expect(await filesOfMyStructures(await again(colleague), call.id)).toHaveLength(told.length - 1);
  expect(holder.actor.email).not.toBe(typed.holder.actor.email);
});

test('two write without JavaScript: the second is shown both texts, field by field, and chooses', async () => {
  const { id, holder, content } = await draft();
  done(await inviteMember(holder, id, { email: 'deuxieme@exemple.example', role: 'writer', origin }));
  const other = await house.as('deuxieme@exemple.example');
  const { actions } = await import('../../../../routes/appels/espace/candidatures/[id]/[part]/+page.server.ts');
  const send = (who: PersonContext, title: string, seen: number) =>
    callDoor(who, actions.default, {
      address: `/appels/espace/candidatures/${id}/project`,
      params: { id, part: 'project' },
      form: { ...content.project, title, seen: String(seen) },
    });
  expect((await send(holder, 'Le texte de la première', 1)).status).toBe(303);
  const refused = await send(other, 'Le texte de la seconde', 1);
  expect(refused.status).toBe(409);
  // Nothing was changed, both texts are there, and the form sends the version that was seen now.
  expect(JSON.parse(refused.text).data).toMatchObject({
    ...{ state: 'conflict', version: 2, by: holder.actor.email, typed: { title: ['Le texte de la seconde'] } },
    lines: [{ label: 'Titre', theirs: 'Le texte de la première', mine: 'Le texte de la seconde' }],
  });
  expect((await readPart(holder, id, 'project')).content.title).toBe('Le texte de la première');
  // « Garder mon texte »: only over what was seen.
  expect((await send(other, 'Le texte de la seconde', 2)).status).toBe(303);
  expect(await readPart(holder, id, 'project')).toMatchObject({
    version: 3,
    content: { title: 'Le texte de la seconde' },
  });
  expect((await send(holder, 'Encore la première', 2)).status).toBe(409);
  // A structure chosen among those that the register knows: its number is taken, the rest of the form is kept.
  const { siret: _, ...typed } = content.holder;
  const taken = await callDoor(holder, actions.default, {
    ...{ address: `/appels/espace/candidatures/${id}/holder`, params: { id, part: 'holder' } },
    form: { ...typed, name: 'Nouveau nom', seen: '1', siret: '', found_siret: '73282932000074', intent: 'take-siret' },
  });
  expect(taken.status).toBe(303);
  expect((await readPart(holder, id, 'holder')).content).toMatchObject({
    siret: '73282932000074',
    name: 'Nouveau nom',
  });
});

test('a call of nobody’s frame asks before writing what its deposits ask, and no more', async () => {
  const caf = await house.agent('caf', 'departement:35');
  const opening = { kind: 'other', territory: 'departement:35', configuration: '', motive: '', agencies: ['caf'] };
  const other = done(await openCall(caf, opening));
  await fillCall(caf, other, 'Europe/Paris');
  done(await move(caf, other, 'submit'));
  const seen = Math.max(0, ...Object.values((await callView(caf, other))?.call.written ?? {}));
  done(await move(caf, other, 'approve', { agency: 'caf', seen }));
  done(await move(caf, other, 'publish'));
  const slug = (await callView(caf, other))?.call.slug ?? '';
  const { load } = await import('../../../../routes/appels/[slug]/candidater/+page.server.ts');
  const ask = async (of: string, query: string) =>
    JSON.parse(
      (await callDoor(house.context, load, { address: `/appels/${of}/candidater?${query}`, params: { slug: of } }))
        .text,
    );
  const typed = 'axe=aucun&structure=non&lieu=Rennes';
  expect(await ask(slug, typed)).toMatchObject({
    ...{ asks: { axis: false, structure: false }, verdicts: [{ key: 'place', good: true }] },
  });
  const framed = await ask(call.slug, typed);
  expect(framed.asks).toEqual({ axis: true, structure: true });
  expect(framed.verdicts.map(({ key, good }: { key: string; good: boolean }) => [key, good])).toEqual([
    ...[
      ['axis', false],
      ['place', true],
      ['structure', false],
    ],
  ]);
  // Whoever it does not turn away deposits.
  const bare = { axes: { axes: [], words: '' }, holder: { ...completeContent().holder, can_sign: 'unsure' as const } };
  const indicators = { indicators: completeContent().indicators.indicators.map((one) => ({ ...one, axis: null })) };
  const { id, holder } = await startedApplication(
    house,
    { id: other },
    { email: 'sans.axe@exemple.example', content: { ...bare, indicators } },
  );
  done(await depositApplication(holder, id, { origin }));
});

test('a person takes away what is theirs, and is forgotten: their texts stay with the file, without them', async () => {
  const { id, holder } = await draft();
  expect(await exportCalls(holder)).toMatchObject({
    applications: [{ slug: call.slug, role: 'signatory', title: 'Une maison des parents' }],
    parts: expect.arrayContaining([expect.objectContaining({ part: 'project' })]),
  });
  await forgetInCalls(house.context, holder.actor.account);
  expect(await memberRole(holder, id)).toBeUndefined();
});

test('a call that takes one application each says so; one that settled nothing takes several', async () => {
  const { holder } = await draft();
  done(await startApplication(holder, call.id, { kind: 'full' }));
  const strict = await publishedCall(house, { region: '52', choices: { several: 'no', letters: 'no' } });
  const first = done(await startApplication(holder, strict.id, { kind: 'full' }));
  expect(await startApplication(holder, strict.id, { kind: 'full' })).toMatchObject({ error: { code: 'only_one' } });
  expect(await startApplication(holder, strict.id, { kind: 'intent' })).toMatchObject({
    error: { code: 'no_letters' },
  });
  // Two at the same moment are one.
  const other = await house.as('double@exemple.example');
  const both = await Promise.all([1, 2].map(() => startApplication(other, strict.id, { kind: 'full' })));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await ownFiles(holder, strict.id)).map(({ id }) => id)).toEqual([first]);
  const now = house.clock.now();
  house.clock.moveTo('2021-07-15T14:00:00Z');
  expect(await startApplication(other, call.id, { kind: 'full' })).toMatchObject({ error: { code: 'call_closed' } });
  house.clock.moveTo(now.toString());
});
