import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { form } from '#testing/registration.ts';
import { correctable, withPriorityTitles } from './correctable.ts';
import { type CorrectionFields, correctionLines, readCorrection, untouchedForm } from './correction.ts';

const place: CorrectionFields = {
  ...{ name: 'PMI du Centre', phone: '02 99 00 00 00', website: null, state: 'open', access: ['plain-pied', 'lsf'] },
  ...{ hours: 'Mo,Tu 09:00-12:00', hours_note: null, line: '1  rue de l’Exemple' },
};
const service: CorrectionFields = {
  ...{ name: 'Consultations', summary: null, priorities: [5, 2], audiences: [], costs: ['gratuit'], state: 'open' },
};

const typed = (fields: Readonly<Record<string, string>>): FormData => form(fields, untouchedForm('place', place));

describe('a correction of a place', () => {
  it('holds only what is another than now, and says it in words', () => {
    const read = readCorrection('place', place, typed({ phone: '', website: 'https://exemple.fr', closed: 'oui' }));
    expect(read).toEqual({ ok: true, value: { phone: null, website: 'https://exemple.fr', state: 'closed' } });
    expect(read.ok && correctionLines(correctable.place, place, read.value)).toEqual([
      { term: 'Téléphone', before: '02 99 00 00 00', after: '' },
      { term: 'Site', before: '', after: 'https://exemple.fr' },
      { term: 'État', before: 'Ouvert', after: 'Fermé définitivement' },
    ]);
  });

  it('tells hours by the day, as they are typed, and access by its words', () => {
    const read = readCorrection('place', place, typed({ 'hours-2': '14h-18h', access: 'ascenseur' }));
    expect(read).toMatchObject({ value: { hours: 'Mo-Tu 09:00-12:00; We 14:00-18:00', access: ['ascenseur'] } });
    expect(read.ok && correctionLines(correctable.place, place, read.value)).toEqual([
      {
        term: 'Horaires',
        before: 'Lundi 9h-12h · Mardi 9h-12h',
        after: 'Lundi 9h-12h · Mardi 9h-12h · Mercredi 14h-18h',
      },
      { term: 'Pour y venir et y être bien', before: 'Sans marche, Langue des signes (LSF)', after: 'Ascenseur' },
    ]);
  });

  it('keeps hours that seven lines cannot say, unless some are typed', () => {
    const seasonal = { ...place, hours: 'SH Mo-Fr 09:00-12:00' };
    const read = (fields: Readonly<Record<string, string>>) =>
      readCorrection('place', seasonal, form(fields, untouchedForm('place', seasonal)));
    expect(read({})).toMatchObject({ error: [{ code: 'nothing_changed' }] });
    expect(read({ phone: '' })).toEqual({ ok: true, value: { phone: null } });
    expect(read({ 'hours-0': '9h-12h' })).toMatchObject({ value: { hours: 'Mo 09:00-12:00' } });
  });

  it('is refused when it changes nothing, however a source wrote what is there', () => {
    expect(readCorrection('place', place, untouchedForm('place', place))).toMatchObject({
      error: [{ code: 'nothing_changed' }],
    });
    expect(readCorrection('service', service, untouchedForm('service', service))).toMatchObject({
      error: [{ code: 'nothing_changed' }],
    });
  });

  it.each([
    ['name', ''],
    ['phone', 'appelez-moi'],
    ['website', 'javascript:alert(1)'],
    ['website', 'exemple.fr'],
    ['email', 'a@b'],
    ['email', 'a@exemple.fr, b@exemple.fr'],
    ['postcode', '3500'],
    ['line', 'x'.repeat(200)],
    ['hours-3', 'le matin'],
  ])('is refused for the %s « %s »', (name, value) => {
    expect(readCorrection('place', place, typed({ [name]: value }))).toMatchObject({ error: [{ field: name }] });
  });

  it('lets no control character nor other address than a site through, whatever is typed', () => {
    const lines = correctable.place.filter(({ shape }) => shape === 'line').map(({ name }) => name);
    const fields = fc.record(Object.fromEntries(lines.map((name) => [name, fc.string()])));
    fc.assert(
      fc.property(fields, (said) => {
        const read = readCorrection('place', place, typed(said));
        if (!read.ok) return;
        expect(JSON.stringify(read.value)).not.toMatch(/\\u00|\\n|\\r|\\t/);
        expect(read.value.website ?? 'https://').toMatch(/^https?:\/\//i);
      }),
    );
  });
});

describe('a correction of a service', () => {
  const say = (fields: Readonly<Record<string, string>>) =>
    readCorrection('service', service, form(fields, untouchedForm('service', service)));

  it('chooses among the words of the directory, and says priorities by their titles', () => {
    const read = say({
      priorities: '3',
      audiences: 'jumeaux',
      languages: 'klingon',
      summary: 'Une fois.\r\nDeux fois.',
    });
    expect(read).toEqual({
      ...{ ok: true, value: { priorities: [3], audiences: ['jumeaux'], summary: 'Une fois.\nDeux fois.' } },
    });
    const fields = withPriorityTitles(correctable.service, (number) => `Titre ${number}`);
    expect(read.ok && correctionLines(fields, service, read.value)).toEqual([
      { term: 'En une ou deux phrases', before: '', after: 'Une fois.\nDeux fois.' },
      { term: 'Priorités auxquelles il contribue', before: 'Titre 5, Titre 2', after: 'Titre 3' },
      { term: 'Pour qui en particulier', before: '', after: 'Jumeaux et plus' },
    ]);
  });

  it('never keeps a code that is not of its list, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string()),
        fc.constantFrom('costs', 'modes', 'languages', 'priorities'),
        (codes, name) => {
          const made = untouchedForm('service', service);
          made.delete(name);
          for (const code of codes) made.append(name, code);
          const read = readCorrection('service', service, made);
          const value = read.ok ? (read.value[name] ?? []) : [];
          const known = correctable.service.find((field) => field.name === name)?.words?.map(({ code }) => code);
          for (const code of value as readonly (string | number)[]) expect(known).toContain(String(code));
        },
      ),
    );
  });
});
