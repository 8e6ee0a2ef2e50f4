import { expect, it } from 'vitest';
import { reportError, saveRecords } from '#modules/directory/server/index.ts';
import { moderatorOf, professionalsHouse } from '#testing/professionals.ts';
import { openReports, settleReport, settlesReports } from './reports.ts';

it('a report of the public is read and settled by the moderators of the territory, and by nobody else', async () => {
  const { context, as } = await professionalsHouse();
  await saveRecords(context, { source: 'essai', on: null }, [
    {
      place: { ref: 'p', fields: { name: 'PMI du Centre', kind: 'pmi', insee: '35238' } },
      services: [{ ref: 's', fields: { name: 'Consultations', kind: 'pmi' } }],
    },
  ]);
  const said = { reply: '', message: 'Numéro faux.' };
  await reportError(context, { ...said, subject: 'place', slug: 'pmi-du-centre' });
  await reportError(context, { ...said, subject: 'service', slug: 'consultations' });
  await reportError(context, { ...said, subject: 'missing', slug: '' });

  const near = await as('35@exemple.fr', moderatorOf('departement:35'));
  const far = await as('29@exemple.fr', moderatorOf('departement:29'));
  const all = await as('france@exemple.fr', moderatorOf('france'));
  const reader = await as('lecture@exemple.fr', { ...moderatorOf('region:53'), role: 'reader' });
  const nobody = await as('personne@exemple.fr');
  const counts = await Promise.all(
    [near, far, all, reader, nobody].map(async (who) => (await openReports(who)).length),
  );
  expect(counts).toEqual([2, 0, 3, 2, 0]);
  expect([settlesReports(near), settlesReports(reader)]).toEqual([true, false]);

  const [first] = await openReports(near);
  for (const who of [far, reader, nobody]) {
    expect(await settleReport(who, first?.id ?? '')).toMatchObject({ error: { code: 'not_allowed' } });
  }
  expect(await settleReport(near, 'pas-un-identifiant')).toMatchObject({ error: { code: 'no_such_report' } });
  expect(await settleReport(near, first?.id ?? '')).toEqual({ ok: true, value: undefined });
  expect(await openReports(near)).toHaveLength(1);
});
