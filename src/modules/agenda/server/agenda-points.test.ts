import { expect, test } from 'vitest';
import { agendaPoints } from './agenda-points.ts';

const held = (title: string, mode: 'lieu' | 'arret' | 'visio' | 'domicile' = 'lieu', lat = 48.1) => ({
  ...{ title, dayWords: 'mardi 24 novembre', hours: '9 h', page: `/agenda/${title}/1`, cancelled: false },
  fields: { mode, lat, lon: -1.68 },
});

test('the agenda is one point for each place, told by its next date', () => {
  const { features } = agendaPoints([held('cafe'), held('atelier'), held('groupe'), held('bus', 'arret', 48.2)]);
  expect(
    features.map(({ geometry, properties }) => [...geometry.coordinates, properties.title, properties.path]),
  ).toEqual([
    [-1.68, 48.1, 'cafe, mardi 24 novembre, 9 h, et 2 autres', '/agenda/cafe/1'],
    [-1.68, 48.2, 'bus, mardi 24 novembre, 9 h', '/agenda/bus/1'],
  ]);
});

test('what is cancelled, at homes or by video is on no map', () => {
  const nowhere = [held('visio', 'visio'), held('maison', 'domicile'), { ...held('annule'), cancelled: true }];
  expect(agendaPoints(nowhere).features).toEqual([]);
});
