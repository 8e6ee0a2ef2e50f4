import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { type OfferParts, offerDocument } from '../offer.ts';
import { compileTimetable } from './compile-hours.ts';
import { RULES } from './rules-version.ts';

// Hours are compiled in UTC, wherever the machine is.
process.env.TZ = 'UTC';

const commune = {
  ...{ code: '35238', name: 'Rennes', departement: '35', lat: 48.11, lon: -1.68, timeZone: 'Europe/Paris' },
};
const nowhere: OfferParts = {
  service: {
    slug: 'pesee',
    name: 'Pesées des tout-petits',
    kind: 'pmi',
    priorities: [2, 3],
    stage_from: 0,
    stage_to: 26,
  },
  placement: { hours: null, areas: ['region:53'] },
  ...{
    place: null,
    tour: null,
    stop: null,
    organisation: { name: 'Département' },
    professional: null,
    commune: undefined,
  },
};
const place = {
  ...{ slug: 'centre', name: 'Centre du parc', kind: 'pmi' as const, line: '1 rue du Parc', postcode: '35000' },
  ...{ insee: '35238', lat: 48.12, lon: -1.69, precision: 'street' as const, access: ['poussette'] as const },
};
const samples: readonly OfferParts[] = [
  nowhere,
  { ...nowhere, service: { ...nowhere.service, kind: 'a-distance', modes: ['telephone'], languages: ['fr', 'ar'] } },
  { ...nowhere, place, commune },
  { ...nowhere, place: { ...place, confidential: true }, commune },
  { ...nowhere, place, commune, professional: { name: 'Camille Exemple', profession: 'Sage-femme', at_home: true } },
  { ...nowhere, tour: { name: 'Baby Bus' }, stop: { label: 'Marché', insee: '35238' }, commune },
];
const dates = {
  kind: 'dates',
  starts_at: '2026-11-24T09:00',
  minutes: 90,
  rrule: 'FREQ=WEEKLY',
  except: [],
  besides: [],
};
const hours = [
  'Mo-Fr 09:00-12:30,13:30-17:00; PH off',
  '24/7',
  'week 1-53/2 Sa 09:00-12:00',
  'Mo-Fr',
  'Tu[1] 14:00-17:00',
];

it('the number of the rules is raised when what they make changes: bases that exist would keep what older ones made', () => {
  const today = Temporal.PlainDate.from('2026-11-21');
  const recipes = [
    ...hours.map((text) => ({ kind: 'hours' as const, text, holidays: '75' as const, closures: [] })),
    { ...dates, kind: 'dates' as const },
  ];
  const made = JSON.stringify([
    samples.map(offerDocument),
    recipes.map((recipe) => {
      const { firstWeek, bitmaps, weeks, unsure } = compileTimetable(recipe, today);
      return [firstWeek, [...bitmaps], weeks, unsure];
    }),
  ]);
  const fingerprint = createHash('sha256').update(made).digest('hex').slice(0, 16);
  // Another fingerprint: raise RULES, then write both here.
  expect({ RULES, fingerprint }).toEqual({ RULES: 1, fingerprint: 'c5e4359bf41c1050' });
});
