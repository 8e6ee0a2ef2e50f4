import { expect, test } from 'vitest';
import { readSchoolRecords } from './school-records.ts';

const csv = (...lines: string[]): string =>
  ['Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire', ...lines].join('\r\n');

test('the file of the ministry, as people and as programmes receive it', () => {
  const read = readSchoolRecords(
    csv(
      // One line for each académie of a zone.
      'Vacances de Noël;-;2026-12-19T00:00:00+01:00;2027-01-04T00:00:00+01:00;Rennes;Zone B;2026-2027',
      'Vacances de Noël;-;2026-12-19T00:00:00+01:00;2027-01-04T00:00:00+01:00;Nantes;Zone B;2026-2027',
      'Vacances d’hiver;Élèves;2027-02-20;2027-03-08;Nantes;Zone B;2026-2027',
      "Pont de l'Ascension;-;2027-05-06T00:00:00+02:00;2027-05-10T00:00:00+02:00;Nantes;Zone B;2026-2027",
      "Début des Vacances d'Été;Élèves;2027-07-03T00:00:00+02:00;;Nantes;Zone B;2026-2027",
      "Début des Vacances d'Été;Enseignants;2027-07-09T00:00:00+02:00;;Nantes;Zone B;2026-2027",
      // Midnight in Paris, for overseas too.
      'Vacances de Carnaval;-;2027-02-05T23:00:00+00:00;2027-02-21T23:00:00+00:00;Guadeloupe;Guadeloupe;2026-2027',
      'Vacances de Carnaval;Saint-Martin;2027-02-05T23:00:00+00:00;2027-02-21T23:00:00+00:00;Guadeloupe;Guadeloupe;2026-2027',
      'Vacances;-;2027-02-05;2027-02-21;Polynésie;Polynésie;2026-2027',
    ),
  );
  expect(read).toEqual({
    ok: true,
    value: {
      read: 9,
      left: ['Guadeloupe, Saint-Martin', 'Polynésie'],
      zones: {
        B: {
          known_until: '2027-07-03',
          periods: [
            { from: '2026-12-20', to: '2027-01-03' },
            { from: '2027-02-21', to: '2027-03-07' },
            { from: '2027-05-06', to: '2027-05-09' },
          ],
        },
        Guadeloupe: { known_until: '2027-02-21', periods: [{ from: '2027-02-07', to: '2027-02-21' }] },
      },
    },
  });
  const record = { description: 'Vacances de la Toussaint', population: '-', zones: 'Zone A', location: 'Lyon' };
  const json = [{ ...record, start_date: '2026-10-16T22:00:00+00:00', end_date: '2026-11-01T23:00:00+00:00' }];
  const expected = { A: { known_until: '2026-11-01', periods: [{ from: '2026-10-18', to: '2026-11-01' }] } };
  for (const file of [json, { results: json }])
    expect(readSchoolRecords(JSON.stringify(file))).toMatchObject({ ok: true, value: { zones: expected } });
});

test.each([
  ['', 'ne donne aucune période'],
  ['{"a":1}', 'ni un tableau, ni du JSON'],
  ['{', 'ni un tableau, ni du JSON'],
  ['nom;ville\nSam;Rennes', 'La ligne 2 n’est pas celle d’un calendrier scolaire'],
  [csv('Noël;-;un jour;;Rennes;Zone B;x'), 'La ligne 2'],
  [csv('Début;-;2027-07-03;;Rennes;Zone B;x'), 'aucune période'],
])('%j is no such file, and says so', (text, said) => {
  expect(readSchoolRecords(text)).toEqual({ ok: false, error: expect.stringContaining(said) });
});
