import { expect, test } from 'vitest';
import { callView, invitePartner, remarksOf, writeSection } from '#modules/calls/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { calendarOf, callsHouse, declare, done, fillCall, move, open } from '#testing/calls.ts';
import { callDoor, type DoorAnswer, doorsOf } from '#testing/doors.ts';

/** The two pages on which a call is written. */
const pages = import.meta.glob<Record<string, unknown>>(
  [
    '/src/routes/appels/espace/[[]id[]]/+page.server.ts',
    '/src/routes/appels/espace/[[]id[]]/[[]section[]]/*.server.ts',
  ],
  { eager: true },
);
const doors = doorsOf(pages);
const SPACE = '/appels/espace/[id]';

/** What every part of the call of this test says. */
const words = {
  title: 'Un titre à nous',
  specification: 'Des projets qui vont vers les familles',
  form: 'Combien de familles attendez-vous',
  grid: 'La place donnée aux pères',
  pieces: 'Un relevé bancaire',
  choices: 'Trois personnes présentes au moins',
  axes: 'La conciliation des temps entre vie professionnelle et parentalité',
  territories: 'Côtes-d’Armor',
  calendar: '16 juillet 2021 à 0 h 00',
  money: 'dont 12 345 € venus de Fonds propres',
} as const;
type Part = keyof typeof words;

test('a call that is written together is read whole, proposed otherwise, and never overwritten in silence', async () => {
  const house = await callsHouse();
  const ars = await house.agent('ars', 'region:53');
  const dreets = await house.agent('dreets', 'region:53');
  for (const [who, agency] of [[ars, 'ars'] as const, [dreets, 'dreets'] as const])
    done(await declare(who, agency, '53'));
  const id = done(await open(ars, '53', 'joint'));
  await fillCall(ars, id, 'Europe/Paris');
  const view = async () => {
    const found = await callView(ars, id);
    if (!found) throw new Error('no call');
    return found;
  };
  const seenOf = async (section: Part) => (await view()).call.written[section] ?? 0;
  const write = async (form: Parameters<typeof writeSection>[2], motive = '') =>
    done(await writeSection(ars, id, form, { seen: await seenOf(form.section), motive }));
  const envelopes = (await view()).call.money.envelopes.map((one) => ({
    ...{ ...one, topUps: [{ origin: 'Fonds propres', cents: 1_234_500 }] },
  }));
  const question = { label: words.form, hint: '', kind: 'number', options: [], required: true };
  const kept = [
    { title: 'Une démarche locale, innovante et exemplaire', rule: 'R-60', points: 10 },
    { title: 'Une gouvernance partenariale', rule: 'R-61', points: null },
  ];
  await write({ section: 'title', words: { title: words.title } });
  await write({ section: 'specification', words: { projects: words.specification } });
  await write({ section: 'form', words: { questions: [question] } });
  await write({ section: 'grid', words: { criteria: [...kept, { title: words.grid, rule: null, points: 5 }] } });
  await write({ section: 'pieces', words: { pieces: [{ label: words.pieces, required: true }] } });
  await write({ section: 'choices', words: { quorum: words.choices } });
  await write({ section: 'axes', axes: [5, 6] });
  await write({ section: 'territories', territories: ['departement:22'] });
  await write({
    ...{ section: 'calendar', calendar: calendarOf('Europe/Paris', { closesAt: '2021-07-15T22:00:00Z' }) },
  });
  await write({ section: 'money', money: { envelopes, pooled: true, shown: false } });

  const asked = { kind: 'state', tasks: ['write'], origin: undefined };
  done(await invitePartner(ars, id, { ...asked, organisation: 'Caf', email: 'caf@exemple.example' }));
  const caf = await house.as('caf@exemple.example');
  const reader = await house.agent('ars', 'region:53', 'reader');
  const strangers = [await house.as('inconnue@exemple.example'), await house.agent('ars', 'region:52')];

  const visit = (who: PersonContext, route: string, name: string, section: string, form?: Record<string, string>) => {
    const found = doors.find((one) => one.route === route && one.name === name);
    if (!found) throw new Error(`${route} ${name}`);
    const address = `/appels/espace/${id}${route === SPACE ? '' : `/${section}`}`;
    return callDoor(who, found.door, { address, params: { id, section }, ...(form ? { form } : {}) });
  };
  const readable = ({ text }: DoorAnswer) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
  const read = async (who: PersonContext, route: string, section = '') =>
    readable(await visit(who, route, 'load', section));
  const missing = (text: string) => Object.values(words).filter((said) => !text.includes(said));

  // In writing and in reading: the partner, a reader, the other organiser; each line of credit, though nothing public says it.
  const everybodyReads = async (partByPart = false) => {
    for (const who of [ars, dreets, caf, reader]) {
      expect(missing(await read(who, SPACE))).toEqual([]);
      for (const [part, said] of partByPart ? Object.entries(words) : [])
        expect(await read(who, `${SPACE}/[section]`, part)).toContain(said);
    }
    for (const who of strangers) {
      expect(await visit(who, SPACE, 'load', '')).toMatchObject({ status: 404 });
      expect(missing(await read(who, `${SPACE}/[section]`, 'money'))).toHaveLength(10);
    }
  };
  await everybodyReads(true);
  expect(await read(ars, SPACE)).toContain('le dernier jour pour déposer est le jeudi 15 juillet 2021');

  // A proposal on a line of each part; what no form would read is refused at once, and a stranger proposes nothing.
  const propose = (section: string, field: string, text: string, who: PersonContext = caf) =>
    visit(who, `${SPACE}/[section]`, '?/proposer', section, { field, text });
  const proposals = [
    ['title', 'title', 'Un titre plus court'],
    ['specification', 'support', 'Une permanence chaque mardi.'],
    ['form', 'label-new', 'Qui sont vos partenaires ?'],
    ['form', 'label-0', 'Combien de parents attendez-vous ?'],
    ['grid', 'points-2', '8'],
    ['pieces', 'label-new', 'Une lettre de chaque partenaire'],
    ['choices', 'ceiling', '50 000 € par projet'],
    ['choices', 'several', 'no'],
    ['form', 'kind-0', 'long'],
    ['axes', 'axes', '1, 5'],
    ['territories', 'territories', 'Finistère\nRennes'],
    ['calendar', 'jury', '12/8/2021'],
    ['money', 'base-0', '90 000'],
  ] as const;
  for (const [section, field, text] of proposals)
    expect([section, (await propose(section, field, text)).status]).toEqual([section, 303]);
  for (const [section, field, text, code] of [
    ['calendar', 'jury', 'mi-août', 'invalid_date'],
    ['grid', 'points-2', 'beaucoup', 'proposal_unreadable'],
    ['territories', 'territories', 'Bordeaux', 'territory_outside'],
    ['money', 'base-0', '-5', 'amount_negative'],
    ['pieces', 'required-0', 'on', 'no_such_line'],
    ['form', 'kind-0', 'poème', 'no_such_line'],
    ['axes', 'axes', '5, 6', 'same_words'],
  ] as const)
    expect((await propose(section, field, text)).text).toContain(code);
  // Asked first: a stranger does not even learn that these are the words of that part.
  for (const who of [...strangers, reader])
    expect(await propose('axes', 'axes', '5, 6', who)).toMatchObject({ status: 403 });

  // The writer takes them: their words are in the call, and nothing else of their part has changed.
  const remarks = async () => remarksOf(ars, id, await view());
  const answer = (remark: string, said: string, who: PersonContext = ars) =>
    visit(who, SPACE, '?/repondre', '', { remark, answer: said });
  // One answer among some is read by its words.
  const inWords: Readonly<Record<string, string>> = { no: 'Non', long: 'Un texte' };
  const idOf = async (said: string) => (await remarks()).find(({ text }) => text === (inWords[said] ?? said))?.id ?? '';
  expect(await remarks()).toHaveLength(proposals.length);
  expect(await answer(await idOf(proposals[0][2]), 'reprendre', caf)).toMatchObject({ status: 403 });
  for (const [section, , text] of proposals)
    expect([section, (await answer(await idOf(text), 'reprendre')).status]).toEqual([section, 303]);
  const after = await view();
  expect(after).toMatchObject({
    ...{ title: 'Un titre plus court', specification: { projects: words.specification } },
    ...{
      choices: { quorum: words.choices, ceiling: '50 000 € par projet', several: 'no' },
      where: { name: 'Bretagne' },
    },
    form: {
      questions: [{ ...question, label: 'Combien de parents attendez-vous ?', kind: 'long' }, { required: false }],
    },
    grid: { criteria: [...kept, { title: words.grid, points: 8 }] },
    pieces: { pieces: [{ label: words.pieces, required: true }, { label: 'Une lettre de chaque partenaire' }] },
    call: {
      ...{ axes: [1, 5], territories: ['departement:29', 'commune:35238'] },
      ...{ calendar: { juryOn: '2021-08-12', closesAt: '2021-07-15T22:00:00Z', resultsOn: '2021-08-27' } },
      money: { pooled: true, shown: false, envelopes: [{ line: 'FIR', cents: 9_000_000 }, { line: 'P304-17' }] },
    },
  });
  expect(after.specification.support).toBe('Une permanence chaque mardi.');
  expect((await remarks()).every(({ applied }) => applied)).toBe(true);

  // What cannot be taken says so, and waits for an answer: a rule, a line that changed, a plain remark.
  await propose('calendar', 'jury', '1/7/2021');
  await propose('specification', 'projects', 'Des projets itinérants');
  await visit(caf, SPACE, '?/remarquer', '', { section: 'axes', text: 'Et les pères ?' });
  await write({ section: 'specification', words: { projects: 'Réécrit depuis' } });
  for (const [text, why] of [
    ['1/7/2021', 'Le jury ne peut pas se tenir avant la limite de dépôt'],
    ['Des projets itinérants', 'a changé depuis'],
    ['Et les pères ?', 'ne se reprend pas'],
  ] as const) {
    const remark = await idOf(text);
    expect(readable(await answer(remark, 'reprendre'))).toContain(why);
    const left = (await remarks()).find((one) => one.id === remark);
    expect([left?.settled_at, left?.proposal?.changed]).toEqual([
      null,
      text === 'Et les pères ?' ? undefined : text.startsWith('Des'),
    ]);
    expect((await answer(remark, 'note')).status).toBe(303);
  }
  expect((await view()).specification.projects).toBe('Réécrit depuis');

  // Both wrote: the second sees both texts, nothing is lost, and may keep their own with one more press.
  const seen = String(await seenOf('pieces'));
  const pieces = (label: string, more = {}) => ({ 'label-0': label, seen, ...more });
  const save = (who: PersonContext, form: Record<string, string>) =>
    visit(who, `${SPACE}/[section]`, '?/ecrire', 'pieces', form);
  expect((await save(ars, pieces('Un RIB'))).status).toBe(303);
  expect((await save(dreets, pieces('Un RIB'))).status).toBe(303);
  const refused = await save(dreets, pieces('Les statuts', { 'required-0': 'on' }));
  expect(refused.status).toBe(409);
  for (const said of ['"theirs":"Un RIB"', '"mine":"Les statuts"', '"by":"ars.region53.administrator@exemple.example"'])
    expect(refused.text).toContain(said);
  const now = /"overtaken":\{"seen":(\d+)/.exec(refused.text)?.[1] ?? '';
  expect((await save(dreets, pieces('Les statuts', { seen: now }))).status).toBe(303);
  expect((await view()).pieces.pieces.map(({ label }) => label)).toEqual(['Les statuts']);

  // Given to be read: the one who approves reads the same, and so do those whom a reader’s page served.
  for (const [form] of [
    [{ section: 'title', words: { title: words.title } }],
    [{ section: 'specification', words: { projects: words.specification } }],
    [{ section: 'form', words: { questions: [question] } }],
    [{ section: 'pieces', words: { pieces: [{ label: words.pieces, required: true }] } }],
    [{ section: 'territories', territories: ['departement:22'] }],
  ] as const)
    await write(form);
  done(await move(ars, id, 'submit'));
  await everybodyReads();
  await propose('title', 'title', 'Trop tard ?');
  const late = await idOf('Trop tard ?');
  expect(await answer(late, 'reprendre')).toMatchObject({ status: 400 });
  expect((await answer(late, 'lu')).status).toBe(303);

  // Published with amounts unsaid: those who have a part in it still read them.
  const last = Math.max(0, ...Object.values((await view()).call.written));
  done(await move(ars, id, 'approve', { agency: 'ars', seen: last }));
  done(await move(dreets, id, 'approve', { agency: 'dreets', seen: last }));
  done(await move(dreets, id, 'publish'));
  await everybodyReads();
});
