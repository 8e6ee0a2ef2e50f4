import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { fields, readMapping } from './mapping.ts';
import { readPlaceRow } from './places.ts';
import { columnKey, type Row } from './row.ts';
import { readStopRow } from './tours.ts';

const mappingOf = (content: string) => {
  const mapping = readMapping(content);
  if (!mapping.ok) throw new Error(mapping.error);
  return mapping.value;
};

const row = (cells: Readonly<Record<string, string>>, line = 2): Row => ({
  line,
  cells: new Map(Object.entries(cells).map(([name, value]) => [columnKey(name), value])),
});

const header = 'source: { id: creches-ville, titre: Crèches de la ville }\n';

describe('a mapping', () => {
  it.each([
    ['that is not YAML', 'a: [b', /ni du YAML ni du JSON/],
    ['without a source', 'colonnes: {}', /source/],
    ['with an identifier that is not one', 'source: { id: Crèches !, titre: abc }', /lettres minuscules/],
    ['that speaks for FINESS', 'source: { id: finess, titre: abc }', /réservé/],
    ['with a field that is not ours', `${header}colonnes: { nom: a, couleur: b }`, /couleur/],
    ['with a word that is not ours', `${header}constantes: { type: garderie }`, /garderie/],
    ['with a misspelt part', `${header}colones: {}`, /mal remplie/],
    ['with a day that does not exist', 'source: { id: ab, titre: abc, date: 2026-02-30 }', /date/],
  ])('%s is refused with a sentence', (_, content, sentence) => {
    expect(readMapping(content)).toEqual({ ok: false, error: expect.stringMatching(sentence) });
  });

  it('translates columns, values and constants', () => {
    const mapping = mappingOf(`${header}
identifiant: [N°, Ville]
colonnes: { nom: Nom de la structure, adresse: [Voie, Quartier], commune: Ville, couts: Tarif, acces: Accès, type: Genre }
valeurs:
  couts: { Gratuit: gratuit, Selon les revenus: quotient-familial, '*': payant }
  acces: { PMR: [plain-pied, poussette] }
constantes: { priorites: [8, 7], langues: fr, type: creche }
garder: { Ouvert: [oui, Oui] }
`);
    const read = readPlaceRow(mapping);
    const told = {
      'n°': '7',
      'Nom de la Structure': 'Les Lilas',
      Voie: '3 rue du Port',
      Quartier: 'Centre',
      Ville: 'Rennes',
    };
    expect(read(row({ ...told, Tarif: 'GRATUIT', Accès: 'PMR', Ouvert: 'oui' }))).toMatchObject({
      outcome: 'record',
      remarks: [],
      record: {
        place: {
          ref: '7|rennes',
          city: 'Rennes',
          fields: {
            name: 'Les Lilas',
            kind: 'creche',
            line: '3 rue du Port Centre',
            access: ['poussette', 'plain-pied'],
          },
        },
        services: [
          { fields: { kind: 'creche', priorities: [7, 8], costs: ['gratuit'], languages: ['fr'], stage_from: 8 } },
        ],
      },
    });
    expect(read(row({ ...told, Ouvert: 'non' }))).toEqual({ outcome: 'left', line: 2 });
    expect(read(row({ Ouvert: 'oui', 'Nom de la structure': 'x' }))).toMatchObject({
      outcome: 'refused',
      reason: 'l’identifiant est vide',
    });
    expect(read(row({ ...told, Ouvert: 'oui', Genre: 'Garderie lunaire' }))).toMatchObject({
      remarks: [expect.stringContaining('Garderie lunaire')],
      record: { place: { fields: { kind: 'autre' } } },
    });
  });

  it('reads a file that uses our own names without saying so, and the commune at the end of an address', () => {
    const told = {
      id: '1',
      nom: 'Maison des parents',
      type: 'Maison des familles',
      adresse: '2 place du Marché\n20224 CALACUCCIA',
      horaires: 'Mo-Fr 09:00-12:00',
    };
    expect(readPlaceRow(mappingOf(header))(row(told))).toMatchObject({
      record: {
        place: {
          city: 'CALACUCCIA',
          fields: {
            kind: 'maison-des-parents',
            line: '2 place du Marché',
            postcode: '20224',
            hours: 'Mo-Fr 09:00-12:00',
            hours_note: null,
          },
        },
      },
    });
  });

  it('keeps hours that are not in the syntax as a note', () => {
    const told = { id: '1', nom: 'x', horaires: 'Du lundi au vendredi, 9h-12h' };
    expect(readPlaceRow(mappingOf(header))(row(told))).toMatchObject({
      record: { place: { fields: { hours: null, hours_note: 'Du lundi au vendredi, 9h-12h' } } },
    });
  });
});

describe('a tour', () => {
  const mapping = mappingOf(`${header}
constantes: { tournee: Baby Bus }
services:
  - { nom: Micro-crèche, type: micro-creche }
  - { nom: Ateliers, type: laep, priorites: 4 }
`);

  it('carries several services, and a stop with a break is two visits', () => {
    const told = {
      id: '1',
      arret: 'Place du marché',
      code_insee: '97411',
      horaires: 'Tu 09:00-12:00,13:00-15:00',
      semaines: 'paires',
    };
    expect(readStopRow(mapping, 2026)(row(told))).toMatchObject({
      outcome: 'record',
      remarks: [],
      record: {
        tour: { ref: 'baby_bus', fields: { name: 'Baby Bus' } },
        stops: [
          {
            ref: '1',
            fields: {
              label: 'Place du marché',
              starts_at: '2026-01-06T09:00',
              minutes: 180,
              rrule: expect.stringContaining('BYWEEKNO=2,4,'),
            },
          },
          { ref: '1#2', fields: { starts_at: '2026-01-06T13:00', minutes: 120 } },
        ],
        services: [
          { ref: 'baby_bus#micro_creche', fields: { name: 'Micro-crèche', kind: 'micro-creche' } },
          { ref: 'baby_bus#ateliers', fields: { name: 'Ateliers', kind: 'laep', priorities: [4] } },
        ],
      },
    });
  });

  it('keeps a stop whose hours are not understood, without dates, with a remark and the text as a note', () => {
    const told = { id: '1', arret: 'Place du marché', code_insee: '97411', horaires: 'Un mardi sur deux' };
    expect(readStopRow(mapping, 2026)(row(told))).toMatchObject({
      remarks: [expect.stringContaining('Un mardi sur deux')],
      record: { stops: [{ fields: { starts_at: null, rrule: null, note: 'Un mardi sur deux' } }] },
    });
  });
});

test('what is written for operators is true: every field is named there, and the examples are read', () => {
  const page = readFileSync('docs/imports.md', 'utf8');
  for (const field of fields) expect(page).toContain(`\`${field}\``);
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, example = '']) => readMapping(example));
  expect(examples.map((example) => (example.ok ? 'read' : example.error))).toEqual(['read', 'read']);
});
