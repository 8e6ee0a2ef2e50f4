import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeSchoolHolidays } from './import-school-holidays.ts';
import { readSchoolCalendar, schoolCalendarFile, schoolKnownUntil } from './school-calendar.ts';

test('an operator brings the calendar of a year: new zones come in, longer ones stay, a second time changes nothing', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'school-holidays-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const kept = schoolCalendarFile(directory);
  copyFileSync(schoolCalendarFile(), kept);
  const before = readSchoolCalendar(directory);
  const file = path.join(directory, 'calendrier.csv');
  const line = (zone: string, from: string, to: string): string => `Vacances;-;${from};${to};x;${zone};x`;
  const given = [line('Corse', '2999-02-20', '2999-03-08'), line('Zone A', '2001-02-20', '2001-03-08')];
  writeFileSync(file, ['Description;Population;Date de début;Date de fin;Académies;Zones;annee', ...given].join('\n'));
  const told: string[] = [];
  const options = {
    dryRun: false,
    tell: ({ kind, subject }: { kind: string; subject: string }) => told.push(`${kind} ${subject}`),
  };
  const dry = await writeSchoolHolidays(file, { dryRun: true }, directory);
  expect([dry, readSchoolCalendar(directory)]).toEqual([
    { ok: true, value: { read: 2, added: 1, changed: 0, unchanged: 1 } },
    before,
  ]);
  expect(await writeSchoolHolidays(file, options, directory)).toEqual(dry);
  expect(told).toEqual(['kept A']);
  expect(readSchoolCalendar(directory)).toEqual({
    ...before,
    Corse: { known_until: '2999-03-07', periods: [{ from: '2999-02-21', to: '2999-03-07' }] },
  });
  const written = readFileSync(kept, 'utf8');
  expect(await writeSchoolHolidays(file, options, directory)).toMatchObject({ value: { added: 0, unchanged: 2 } });
  expect(readFileSync(kept, 'utf8')).toBe(written);
  writeFileSync(file, 'autre chose');
  expect(await writeSchoolHolidays(file, options, directory)).toMatchObject({ ok: false });
  expect(readFileSync(kept, 'utf8')).toBe(written);
});

test('the calendar that ships says until when each zone is known, and nothing where nobody gave one', () => {
  for (const departement of ['69', '35', '75', '974'])
    expect(schoolKnownUntil(departement)).toMatch(/^20\d\d-\d\d-\d\d$/);
  for (const zone of Object.values(readSchoolCalendar())) {
    const days = zone.periods.flatMap(({ from, to }) => [from, to]);
    expect(days.toSorted()).toEqual(days);
    expect((days.at(-1) ?? '') <= zone.known_until).toBe(true);
  }
});
