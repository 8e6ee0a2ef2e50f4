import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { agendaRetention, bookByPhone, orderBooking, readAttendance } from '#modules/agenda/server/index.ts';
import { fixedClock } from '#platform/clock.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { datesOf, publish } from '#testing/agenda.ts';
import { bookingForm } from '#testing/booking-form.ts';
import { openedHouse } from '#testing/houses.ts';
import { questionsWith } from '../counter.ts';
import { reportParts } from '../report.ts';
import { attendanceJob } from './attendance-job.ts';
import { type Report, readReport } from './report.ts';
import { reportCsv, reportPdf } from './report-files.ts';

test('the report of a year that is over, from what was counted before names were erased', async () => {
  const { context, as, who, registration, site, house } = await openedHouse();
  const today = Temporal.PlainDate.from('2027-01-20');

  // A café on Tuesday 24 November 2026: somebody came with two children, somebody did not.
  const series = await publish(who, registration);
  const [date = 0] = await datesOf(context, series);
  await bookByPhone(
    who,
    date,
    bookingForm({ name: 'Camille', adults: '1', children: '2', contact: '06 39 98 00 01' }),
    undefined,
  );
  await bookByPhone(
    who,
    date,
    bookingForm({ name: 'Sacha', adults: '1', children: '0', contact: '06 39 98 00 02' }),
    undefined,
  );
  const after = { ...context, clock: fixedClock('2026-11-24T18:00:00Z') };
  const bookings = (await readAttendance(who, series, date))?.bookings ?? [];
  for (const [at, { id }] of bookings.entries())
    expect(
      (await orderBooking({ ...who, clock: after.clock }, date, id, at === 0 ? 'came' : 'absent', undefined)).ok,
    ).toBe(true);
  await attendanceJob.handle(after, {});
  const counts = () =>
    context.db.selectFrom('house_date_count').select(['day', 'kind', 'booked', 'came', 'absent']).execute();
  const kept = [{ day: Temporal.PlainDate.from('2026-11-24'), kind: 'cafe', booked: 4, came: 3, absent: 1 }];
  expect(JSON.stringify(await counts())).toBe(JSON.stringify(kept));
  // A week later the names are gone; what was counted is not counted again as nobody.
  const later = { ...context, clock: fixedClock('2026-12-02T18:00:00Z') };
  await applyRetention(later, agendaRetention);
  expect(await context.db.selectFrom('event_booking').select('id').execute()).toEqual([]);
  await attendanceJob.handle(later, {});
  expect(JSON.stringify(await counts())).toBe(JSON.stringify(kept));

  const lines = [
    ['2026-03-02', 'who', 'parent', 120],
    ['2026-09-07', 'who', 'couple', 3],
    ['2026-09-07', 'who', 'parent', 1_150],
    ['2026-09-07', 'to', 'pmi', 12],
    ['2025-09-07', 'who', 'parent', 80],
  ] as const;
  await context.db
    .insertInto('house_count')
    .values(
      lines.map(([day, question, answer, taps]) => ({
        ...{ site, day: Temporal.PlainDate.from(day), half: 'matin' as const, question, answer, taps },
      })),
    )
    .execute();

  expect(await readReport(who, registration, 2026, Temporal.PlainDate.from('2027-01-14'))).toBeUndefined();
  expect(await readReport(await as('quelquun@exemple.fr'), registration, 2026, today)).toBeUndefined();
  const report = await readReport(who, registration, 2026, today);
  expect(report?.parts[0]?.table?.rows).toEqual([
    { label: 'Un parent', cells: [120, 0, 'masked', 0, 'masked', 80] },
    { label: 'Un couple', cells: [0, 0, 'small', 0, 'small', 0] },
    { label: 'Ensemble', cells: [120, 0, 1_153, 0, 1_273, 80] },
  ]);
  expect(report?.house).toBe('Maison de l’Exemple');
  expect(house).toBeTruthy();
});

test('the files of a report: a table that screen readers know, and a line for each number', async () => {
  const counted = [
    {
      site: 'a',
      day: Temporal.PlainDate.from('2025-03-03'),
      half: 'matin',
      question: 'who',
      answer: 'parent',
      taps: 1_250,
    },
    {
      site: 'a',
      day: Temporal.PlainDate.from('2025-03-03'),
      half: 'matin',
      question: 'who',
      answer: 'couple',
      taps: 2,
    },
  ];
  const none = { counted: [], dates: [], appointments: [] };
  const sites = [{ id: 'a', name: 'Maison' }];
  const report: Report = {
    ...{ house: '=Maison de Łódź', year: 2025 },
    parts: reportParts({ ...none, counted }, none, { year: 2025, questions: questionsWith([]), sites }),
  };
  const bytes = await buffer(reportPdf(report, '20 janvier 2026'));
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(pdf, { mergePages: true });
  const words = text.replaceAll(/\s+/g, ' ');
  for (const said of [
    'Bilan 2025',
    'Établi le 20 janvier 2026',
    'Un parent',
    'moins de 5',
    '1 252',
    'Méthode',
    'page 1 sur',
  ])
    expect(words).toContain(said);
  expect(words).not.toContain('1 250');
  const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
  for (const role of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD']) expect(tree).toContain(`"role":"${role}"`);

  const rows: Record<string, string>[] = parse(reportCsv(report), { bom: true, delimiter: ';', columns: true });
  const cell = (ligne: string, colonne: string) =>
    rows.find((row) => row.partie === 'Arrivées' && row.ligne === ligne && row.colonne === colonne);
  expect(cell('Un couple', 'Année 2025')).toMatchObject({ nombre: '', mention: 'moins de 5' });
  expect(cell('Ensemble', 'Année 2025')).toMatchObject({ nombre: '1252', mention: '' });
  expect(rows.some((row) => row.maison?.startsWith('='))).toBe(false);
});
