import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Scope } from '#platform/permissions.ts';
import { ok } from '#platform/result.ts';
import { differentLines, fieldsOfLines, type SectionForm, sectionLines } from '../section-lines.ts';
import { openChoices, specificationFields } from '../section-words.ts';
import { readSection } from './read-section.ts';

const zone = 'Indian/Reunion';
const names = (scopes: readonly Scope[]) => scopes.join('\n');
const places = (typed: string) => ok(typed.split('\n').filter(Boolean) as Scope[]);
const line = fc.string({ minLength: 1, maxLength: 60 }).map((text) => text.replaceAll(/\s+/g, ' ').trim() || 'x');
const lines = fc.array(line, { maxLength: 4 });
const day = fc.date({ min: new Date('2021-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });
const civil = day.map((date) => date.toISOString().slice(0, 10));
const minute = day.map((date) => `${date.toISOString().slice(0, 16)}:00Z`);
const cents = fc.integer({ min: 1, max: 10_000_000 });
const topUps = fc.array(fc.record({ origin: line, cents }), { maxLength: 2 });
const state = (funder: string, agency: 'ars' | 'dreets', credit: 'FIR' | 'P304-17') =>
  fc.record({
    ...{ funder: fc.constant(funder), agency: fc.constant(agency), line: fc.constant(credit), cents, topUps },
  });
const other = fc.record({ funder: line, cents }).map((one) => ({
  ...{ ...one, agency: null, line: 'other' as const, topUps: [] },
}));
const someOf = (all: object) => fc.dictionary(fc.constantFrom(...Object.keys(all)), line, { noNullPrototype: true });

const parts: readonly fc.Arbitrary<SectionForm>[] = [
  fc.uniqueArray(fc.integer({ min: 1, max: 6 })).map((axes) => ({ section: 'axes', axes })),
  fc
    .uniqueArray(fc.constantFrom<Scope>('departement:974', 'commune:97411', 'commune:97410'))
    .map((territories) => ({ section: 'territories', territories })),
  fc.record({ opensAt: minute, closesAt: minute, juryOn: civil, resultsOn: civil, startsOn: civil }).map((dates) => ({
    ...{ section: 'calendar', calendar: { zone, ...dates } },
  })),
  fc
    .record({
      envelopes: fc
        .tuple(state('ARS', 'ars', 'FIR'), state('DREETS', 'dreets', 'P304-17'), fc.array(other, { maxLength: 3 }))
        .map(([fir, p304, others]) => [fir, p304, ...others]),
      ...{ pooled: fc.boolean(), shown: fc.boolean() },
    })
    .map((money) => ({ section: 'money', money })),
  line.map((title) => ({ section: 'title', words: { title } })),
  someOf(specificationFields).map((words) => ({ section: 'specification', words })),
  someOf(openChoices).map((words) => ({ section: 'choices', words: { ...words, several: 'yes' } })),
  fc
    .array(
      fc.record({
        ...{ label: line, hint: fc.oneof(line, fc.constant('')), options: lines, required: fc.boolean() },
        kind: fc.constantFrom('short', 'choice', 'number'),
      }),
      { maxLength: 4 },
    )
    .map((questions) => ({ section: 'form', words: { questions } })),
  fc
    .array(
      fc.record({
        ...{ title: line, rule: fc.constantFrom('R-60', 'R-61', null) },
        points: fc.option(fc.integer({ min: 0, max: 1_000 })),
      }),
      { maxLength: 4 },
    )
    .map((criteria) => ({ section: 'grid', words: { criteria } })),
  fc
    .array(fc.record({ label: line, required: fc.boolean() }), { maxLength: 4 })
    .map((pieces) => ({ section: 'pieces', words: { pieces } })),
];

const readAgain = (form: SectionForm, fields: readonly [string, string][]) => {
  const sent = new FormData();
  for (const [name, value] of fields) sent.append(name, value);
  const money = form.section === 'money' ? form.money : { envelopes: [], pooled: false, shown: false };
  return readSection(form.section, sent, { money, zone, places });
};

test('a part said line by line is read again as it is, whatever it says', () => {
  fc.assert(
    fc.property(fc.oneof(...parts), (form) => {
      const said = sectionLines(form, 'regional', names);
      expect(readAgain(form, fieldsOfLines(said))).toMatchObject({ ok: true, value: sameInstants(form) });
      expect(differentLines(said, said)).toEqual([]);
    }),
  );
});

test('one line said otherwise changes that line, and no other', () => {
  fc.assert(
    fc.property(fc.oneof(...parts), fc.nat(), (form, at) => {
      const before = sectionLines(form, 'regional', names);
      const texts = before.filter(({ name, open }) => open && /^[a-z]+(?:-\d+)?$/.test(name) && free.test(name));
      const changed = texts[at % Math.max(1, texts.length)];
      if (!changed) return;
      const said = { name: changed.name, value: `${changed.value.slice(0, 20)} autrement` };
      const read = readAgain(form, fieldsOfLines(before, said));
      if (!read.ok) throw new Error(read.error.code);
      const after = sectionLines(read.value, 'regional', names);
      expect(differentLines(after, before).map(({ key }) => key)).toEqual([changed.name]);
    }),
  );
});

/** Lines that take any words: no number, no day, no place; not a funder, which its amount makes. */
const free = /^(?:label|title|hint)|^(?:context|projects|support|quorum|ceiling)$/;

/** `2021-06-01T00:00:00Z` is written `2021-06-01T00:00:00Z` again. */
const sameInstants = (form: SectionForm): SectionForm =>
  form.section === 'calendar'
    ? {
        ...form,
        calendar: {
          ...form.calendar,
          opensAt: Temporal.Instant.from(form.calendar.opensAt).toString(),
          closesAt: Temporal.Instant.from(form.calendar.closesAt).toString(),
        },
      }
    : form;
