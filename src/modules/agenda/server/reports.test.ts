import { expect, test } from 'vitest';
import { agendaHouse, publish } from '#testing/agenda.ts';
import { moderatorOf, site } from '#testing/professionals.ts';
import { answerReport, answersFor, openEventReports, reportSeries } from './reports.ts';

const keeper = { name: 'Éditeur d’essai', email: 'equipe@exemple.fr' };

test('a report is read and answered by a named organisation, the most local that was entrusted with the territory', async () => {
  const { context, as, who, organisation } = await agendaHouse();
  const id = await publish(who, organisation);
  const { slug } = await context.db
    .selectFrom('event_series')
    .select('slug')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const mails = (to: string) =>
    context.posted.filter((mail) => mail.to === to).map(({ subject, text }) => `${subject} / ${text}`);
  const report = (message: string, reply = '') => reportSeries(context, slug, { message, reply }, keeper, site);

  // Nobody is entrusted with the territory yet: who keeps the site answers, by name.
  expect(await answersFor(context, '35238', keeper)).toBe('Éditeur d’essai');
  expect(await report('On y vend quelque chose.')).toEqual({ ok: true, value: { name: 'Éditeur d’essai' } });
  expect(mails('equipe@exemple.fr')).toHaveLength(1);

  const region = await as('ars@exemple.fr', { agency: 'ars', role: 'moderator', scope: 'region:53' });
  await as('lecture@exemple.fr', { agency: 'local', role: 'reader', scope: 'commune:35238' });
  const elsewhere = await as('ailleurs@exemple.fr', moderatorOf('departement:29'));
  expect(await answersFor(context, '35238', keeper)).toBe('Agence régionale de santé (ARS), Bretagne');
  const caf = await as('caf@exemple.fr', { agency: 'caf', role: 'moderator', scope: 'departement:35' });
  expect(await report('L’animatrice <b>crie</b>.', 'ana@exemple.fr')).toEqual({
    ok: true,
    value: { name: 'Caf, Ille-et-Vilaine' },
  });
  expect(mails('ana@exemple.fr')).toEqual([expect.stringContaining('qui vous répondra\u00a0: Caf, Ille-et-Vilaine')]);
  const [told = ''] = mails('caf@exemple.fr');
  expect(told).toMatch(/^Un signalement vous attend \//);
  // Neither its subject nor its text says what it is about: it waits behind the sign-in.
  expect(told).not.toMatch(/crie|Café/);

  expect(await openEventReports(elsewhere)).toEqual([]);
  const waiting = await openEventReports(caf);
  const first = waiting.find(({ message }) => message === 'On y vend quelque chose.');
  const second = waiting.find(({ message }) => message === 'L’animatrice <b>crie</b>.');
  expect(await answerReport(elsewhere, second?.id ?? '', 'Non.')).toMatchObject({ ok: false });
  expect(await answerReport(caf, second?.id ?? '', ' ')).toMatchObject({ ok: false, error: { field: 'answer' } });
  expect(await answerReport(region, second?.id ?? '', 'Nous l’avons appelée.')).toEqual({ ok: true, value: undefined });
  // Sent once, whoever presses again.
  expect(await answerReport(caf, second?.id ?? '', 'Une autre réponse.')).toEqual({ ok: true, value: undefined });
  const [, answer] = mails('ana@exemple.fr');
  expect(answer).toContain(
    'Voici la réponse de Agence régionale de santé (ARS), Bretagne\u00a0:\n\nNous l’avons appelée.',
  );
  expect(mails('ana@exemple.fr')).toHaveLength(2);
  expect(await answerReport(caf, first?.id ?? '', '')).toEqual({ ok: true, value: undefined });
  expect(await openEventReports(caf)).toEqual([]);

  // What cannot be read is said by its field; a flood says nothing new.
  expect(await report(' ', 'pas une adresse')).toMatchObject({
    ok: false,
    error: [{ field: 'message' }, { field: 'reply' }],
  });
  expect(await report('a'.repeat(2_001))).toMatchObject({ ok: false, error: [{ code: 'too_long' }] });
  for (let again = 0; again < 30; again += 1) expect(await report(`Encore ${again}`)).toMatchObject({ ok: true });
  expect(await report('Encore')).toMatchObject({ ok: false, error: [{ code: 'enough_reports' }] });
  expect(await reportSeries(context, 'inconnu', { message: 'x', reply: '' }, keeper, site)).toMatchObject({
    ok: false,
  });
});
