import { expect, it } from 'vitest';
import { agendaHouse } from '#testing/agenda.ts';
import { importCalendar } from './import-calendar.ts';
import { ownSeries } from './own-series.ts';

it('brings a table in, line by line; brought in again, it is the same series', async () => {
  const { who, as, organisation } = await agendaHouse();
  const rennes = { typed: 'Rennes', code: '35238' };
  const table =
    'titre;date;heure;commune\nCafé;24/11/2026;9h30;\nPassé;24/11/2025;9h;\nAilleurs;25/11/2026;10h;Nulle-Part-Sur-Rien\n';
  expect(await importCalendar(who, organisation, table, rennes)).toMatchObject({
    ok: true,
    value: { created: 1, updated: 0, remarks: [{ line: 3 }, { line: 4, message: expect.stringContaining('commune') }] },
  });
  expect(await importCalendar(who, organisation, table, rennes)).toMatchObject({
    ok: true,
    value: { created: 0, updated: 1 },
  });
  expect((await ownSeries(who, organisation)).map(({ fields }) => fields.title)).toEqual(['Café']);
  expect(await importCalendar(who, organisation, table, { typed: 'Nulle part', code: '' })).toMatchObject({
    ok: false,
    error: { field: 'commune' },
  });
  expect(await importCalendar(await as('autre@exemple.fr'), organisation, table, rennes)).toMatchObject({
    ok: false,
    error: { code: 'not_allowed' },
  });
}, 60_000);
