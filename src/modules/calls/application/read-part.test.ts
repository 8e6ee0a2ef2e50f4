import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildTerritoryIndex } from '#modules/territory/index.ts';
import { referenceTerritories } from '#testing/reference-rows.ts';
import { type ApplicationContent, type ApplicationPart, contentSchema, emptyContent } from './content.ts';
import { tooLongContent } from './content-refusals.ts';
import { type FormFields, formOf } from './form-of.ts';
import { MOST_FILES, mayStart } from './may-start.ts';
import { type PartSetting, readPartForm } from './read-part.ts';
import { columnsOf, sirenOf } from './search-columns.ts';
import { labelOfTerritory, readTerritoryNames } from './territories-named.ts';

const index = buildTerritoryIndex(referenceTerritories());
const questions = (['short', 'long', 'number', 'choice', 'yesno'] as const).map((kind) => ({
  ...{ label: kind, hint: '', kind, required: false, options: kind === 'choice' ? ['Oui, un peu', 'Non'] : [] },
}));
const setting: PartSetting = {
  ...{ index, within: 'region:53', framed: true, questions, axes: [1], makeId: () => 'new' },
};

const sent = (fields: FormFields): FormData => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
};
const read = <Part extends ApplicationPart>(part: Part, fields: FormFields, before = emptyContent[part]) =>
  readPartForm(part, sent(fields), before, setting);

const line = fc.string({ maxLength: 80 }).map((text) => text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim());
const named = line.filter((text) => text !== '');
const day = fc
  .record({
    y: fc.integer({ min: 2021, max: 2030 }),
    m: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ y, m, d }) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
const written: { readonly [Part in ApplicationPart]?: fc.Arbitrary<ApplicationContent[Part]> } = {
  project: fc.record({ title: line, summary: line, change: line }),
  holder: fc.record({
    ...{ siret: line.filter((text) => !/^[\d\s.]+$/.test(text)), name: line, legal_form: line, address: line },
    ...{ commune: fc.constantFrom('', '35238', '29019'), can_sign: fc.constantFrom('' as const, 'yes', 'unsure') },
    ...{ signatory_name: line, signatory_job: line, phone: line },
  }),
  partners: fc.record({
    partners: fc.array(
      fc.record({ name: named, siren: fc.constantFrom('', '123456782', '73282932000074'), brings: line }),
      { maxLength: 60 },
    ),
  }),
  territory: fc.record({
    territories: fc.uniqueArray(fc.constantFrom('commune:35238', 'departement:35', 'epci:243500139')),
    words: line,
  }),
  axes: fc.record({ axes: fc.uniqueArray(fc.integer({ min: 1, max: 6 })), words: line }),
  audience: fc.record({ words: line, families: line, stages: fc.uniqueArray(fc.constantFrom('grossesse', 'projet')) }),
  calendar: fc.record({
    ...{ starts_on: fc.oneof(day, fc.constant('')), ends_on: fc.oneof(day, fc.constant('')) },
    steps: fc.array(fc.record({ title: named, on: fc.oneof(day, fc.constant('')) }), { maxLength: 40 }),
  }),
  questions: fc.record({
    answers: fc
      .tuple(line, line, fc.constantFrom('', '12', '-3,5'), fc.constantFrom('', 'Non'), fc.constantFrom('', 'Oui'))
      .map((answers) => [...answers]),
  }),
};

test.each(Object.keys(written) as (keyof typeof written)[])('the form of « %s » is read as what it shows', (part) => {
  const any: fc.Arbitrary<ApplicationContent[typeof part]> | undefined = written[part];
  if (!any) throw new Error(part);
  fc.assert(
    fc.property(any, (content) => {
      const back = read(part, formOf(part, content) ?? []);
      expect(back.troubles).toEqual([]);
      expect(back.content).toEqual(content);
    }),
  );
});

test('a field that cannot be read keeps what it was and is told; the others are kept', () => {
  const before = { ...emptyContent.calendar, starts_on: '2021-10-01' };
  const day31 = [
    ...[
      ['starts_on_jour', '31'],
      ['starts_on_mois', '2'],
      ['starts_on_annee', '2022'],
    ],
    ...[
      ['ends_on_jour', '1'],
      ['ends_on_mois', '9'],
      ['ends_on_annee', '2022'],
    ],
  ] as [string, string][];
  const calendar = read('calendar', day31, before);
  expect(calendar.content).toMatchObject({ starts_on: '2021-10-01', ends_on: '2022-09-01' });
  expect(calendar.troubles).toMatchObject([{ field: 'starts_on' }]);
  const partners = read('partners', [
    ['brings-0', 'Une puéricultrice'],
    ['name-1', 'PMI'],
    ['siren-1', '123 456 789'],
  ]);
  expect(partners.content.partners).toMatchObject([{ name: 'PMI' }]);
  expect(partners.troubles).toMatchObject([{ field: 'name-0' }, { field: 'siren-1' }]);

  const answers = read('questions', [
    ['answers-2', 'beaucoup'],
    ['answers-3', 'Peut-être'],
    ['answers-4', 'Oui'],
  ]);
  expect(answers.content.answers).toEqual(['', '', '', '', 'Oui']);
  expect(answers.troubles.map(({ field }) => field)).toEqual(['answers-2', 'answers-3']);
  const holder = { ...emptyContent.holder, commune: '35238' };
  expect(read('holder', [['commune', 'Saint']], holder)).toMatchObject({
    content: { commune: '35238' },
    troubles: [{ field: 'commune' }],
  });
});

test('a SIRET is kept without its spaces; what is none yet is kept as it is typed', () => {
  expect(read('holder', [['siret', '123 456 782 00010']]).content.siret).toBe('12345678200010');
  expect(read('holder', [['siret', '123 456']]).content.siret).toBe('123 456');
  expect([sirenOf('12345678200010'), sirenOf('123 456')]).toEqual(['123456782', '']);
});

test.each([
  ['Rennes', 'found', 'commune:35238'],
  ['rennes (ille et vilaine)', 'found', 'commune:35238'],
  ['35238', 'found', 'commune:35238'],
  ['Ille-et-Vilaine', 'found', 'departement:35'],
  ['Rennes Métropole', 'found', 'epci:243500139'],
  ['epci:243500139', 'found', 'epci:243500139'],
  ['Saint-Mal', 'several', 'commune:35288'],
  ['Nantes', 'outside', undefined],
  ['Pays de la Loire', 'unknown', undefined],
  ['Xyzzy', 'unknown', undefined],
])('in Bretagne, « %s » is %s', (typed, state, scope) => {
  const [line] = readTerritoryNames(index, 'region:53', [typed]);
  expect(line?.state).toBe(state);
  const meant = line?.state === 'found' ? [line.territory] : line?.state === 'several' ? line.choices : [];
  expect(meant.map((one) => one.scope)).toEqual(scope === undefined ? [] : expect.arrayContaining([scope]));
});

test('a list of places adds what is understood, says what is not, and never empties what it did not show', () => {
  const before = { territories: ['commune:35238'], words: '' };
  const form: FormFields = [
    ['listed', '1'],
    ['territories', 'commune:35238'],
    ['add', 'Saint-Malo\nNantes\nXyzzy\nRennes'],
  ];
  const added = read('territory', form, before);
  expect(added.content.territories).toEqual(['commune:35238', 'commune:35288']);
  expect(added.troubles).toMatchObject([
    { field: 'add', rule: { reference: expect.stringContaining('R-51') }, message: expect.stringContaining('Nantes') },
    { field: 'add', message: expect.stringContaining('Xyzzy') },
  ]);
  expect(added.left).toBe('Nantes\nXyzzy');
  expect(read('territory', [['words', 'Un quartier']], before).content).toEqual({ ...before, words: 'Un quartier' });
});

test('1 500 places are read by their names', () => {
  const communes = index.communes.filter(({ region, partOf }) => region === '53' && !partOf).slice(0, 1_500);
  const lines = communes.map(({ code }) => labelOfTerritory(index, `commune:${code}`));
  const found = readTerritoryNames(index, 'region:53', lines).filter(({ state }) => state === 'found');
  // Those of one name in one département are left to choose among.
  expect(found.length).toBeGreaterThan(communes.length - 10);
});

test.each([
  ['summary', { ...emptyContent.project, summary: 'x'.repeat(50_000) }, 'project', '10000 caractères'],
  ['title', { ...emptyContent.project, title: 'x'.repeat(301) }, 'project', '300 caractères'],
  [
    'brings-1',
    {
      partners: [
        { name: 'a', siren: '', brings: '' },
        { name: 'b', siren: '', brings: 'x'.repeat(10_001) },
      ],
    },
    'partners',
    '10000',
  ],
  ['territories', { territories: Array(1_501).fill('commune:35238'), words: '' }, 'territory', '1500 au plus'],
] as const)('what is too long names its field: %s', (field, content, part, words) => {
  const refused = contentSchema[part].safeParse(content);
  expect(refused.success ? undefined : tooLongContent(refused.error)).toMatchObject({
    ...{ code: 'too_long', field, message: expect.stringContaining(words) },
  });
});

const calendar = {
  ...{ zone: 'America/Cayenne', opensAt: '2021-06-01T12:00:00Z', closesAt: '2021-07-15T19:00:00Z' },
  ...{ juryOn: '2021-08-10', resultsOn: '2021-08-27', startsOn: '2021-09-15' },
};
test.each([
  ['published', 'full', {}, 0, '2021-06-01T11:59:59.999Z', 'call_not_open'],
  ['published', 'full', {}, 0, '2021-06-01T12:00:00Z', undefined],
  ['published', 'full', {}, 3, '2021-07-15T18:59:59.999Z', undefined],
  ['published', 'full', {}, 0, '2021-07-15T19:00:00Z', 'call_closed'],
  ['cancelled', 'full', {}, 0, '2021-06-02T12:00:00Z', 'call_not_open'],
  ['published', 'full', { several: 'no' }, 1, '2021-06-02T12:00:00Z', 'only_one'],
  ['published', 'full', { several: 'yes' }, 9, '2021-06-02T12:00:00Z', undefined],
  ['published', 'intent', {}, 0, '2021-06-02T12:00:00Z', undefined],
  ['published', 'intent', { letters: 'no' }, 0, '2021-06-02T12:00:00Z', 'no_letters'],
  // The bound of this site, whatever the call says: each has room for a hundred megabytes.
  ['published', 'full', {}, MOST_FILES - 1, '2021-06-02T12:00:00Z', undefined],
  ['published', 'full', {}, MOST_FILES, '2021-06-02T12:00:00Z', 'too_many_files'],
  ['published', 'intent', { several: 'yes' }, MOST_FILES, '2021-06-02T12:00:00Z', 'too_many_files'],
] as const)('%s, a %s with %o, %d already, at %s: %s', (status, kind, choices, alive, now, code) => {
  const answer = mayStart({ status, calendar }, choices, {
    ...{ kind, alive, started: alive, now: Temporal.Instant.from(now) },
  });
  expect(answer.ok ? undefined : answer.error.code).toBe(code);
});

test('lists search by what was written: amounts asked and in all, in cents', () => {
  const resources = [
    { source: 'call', funder: '', status: 'asked', cents: 101, siren: '' },
    { source: 'public', funder: 'Ville', status: 'refused', cents: 7, siren: '' },
  ] as const;
  const budget = {
    expenses: [
      { label: 'a', cents: 100 },
      { label: 'b', cents: 8 },
    ],
    resources: [...resources],
    in_kind: [],
  };
  expect(columnsOf('budget', budget)).toEqual({ asked_cents: 101, total_cents: 108 });
  expect(columnsOf('audience', emptyContent.audience)).toEqual({});
});
