import { expect, it } from 'vitest';
import { emptyWeek, openRange } from '../week.ts';
import { buildSegment, rowText } from './build.ts';
import { readPack, writePack } from './pack.ts';
import { searchOffers } from './search.ts';
import { openSegment, type SegmentData, shownText } from './segment.ts';

const week = emptyWeek();
openRange(week, 100, 200);
const data = buildSegment(
  Array.from({ length: 50 }, (_, at) => ({
    ...{ id: at + 1, service: at, place: at, tour: null, lat: 48 + at / 100, lon: -1.6 },
    ...{ insee: rowText('35238'), areas: rowText('') },
    ...{
      kind: 3,
      priorities: 1,
      audiences: 0,
      modes: 1,
      access: 0,
      languages: 1,
      costs: 1,
      stageFrom: -40,
      stageTo: 156,
    },
    ...{
      zone: 'Europe/Paris',
      timetable: 7,
      terms: rowText('pmi'),
      shown: rowText(`{"name":"é ${at}"}`),
    },
  })),
  new Map([[7, { firstWeek: 2968, bitmaps: week, weeks: [0], unsure: [] }]]),
  2968,
);

it('is searched on the device as on the server', () => {
  const file = writePack(data);
  const read = readPack(file.buffer);
  if (!read) throw new Error('the pack cannot be read');
  const answers = [data, read].map((one) => {
    const segment = openSegment(one);
    const { total, hits } = searchOffers([segment], {
      where: { kind: 'communes', codes: [], prefixes: ['35'], spot: { lat: 48.2, lon: -1.6 } },
      filters: { text: 'pmi', opening: { when: 'now' } },
      ...{ now: Temporal.Instant.from('2026-11-23T09:00:00Z'), limit: 5 },
    });
    return { total, shown: hits.map(({ row, metres }) => [shownText(segment, row), metres]) };
  });
  expect(answers[0]?.total).toBe(50);
  expect(answers[1]).toEqual(answers[0]);
});

it('refuses what is cut, of another kind or of another version', () => {
  const file = writePack(data);
  for (const length of [0, 7, 20, file.length - 8]) expect(readPack(file.slice(0, length).buffer)).toBeUndefined();
  const { usual: _, ...older } = data;
  expect(readPack(writePack(older as SegmentData).buffer)).toBeUndefined();
  expect(readPack(new TextEncoder().encode('<!doctype html><html></html>').buffer)).toBeUndefined();
});
