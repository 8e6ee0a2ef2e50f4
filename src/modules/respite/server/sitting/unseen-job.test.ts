import { expect, test } from 'vitest';
import { again, moderatorOf, professionalsHouse, register, site } from '#testing/professionals.ts';
import { askToRun, decideTeam } from './run-team.ts';
import { requestSitting } from './sittings.ts';
import { teamsToDecide } from './teams.ts';
import { unseenSittingsJob } from './unseen-job.ts';
import { addVolunteer } from './volunteers.ts';

test('a team ends with its registration: families are told, and its words and volunteers go once it closed for good', async () => {
  const { context, as } = await professionalsHouse();
  const first = await as('asso@exemple.fr');
  const id = await register(first);
  const team = await again(first);
  const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
  const words = 'Nous rencontrons chaque bénévole deux fois.';
  expect((await askToRun(team, id, { reach: 'epci', words })).ok).toBe(true);
  expect((await decideTeam(moderator, id, 'open', site)).ok).toBe(true);
  expect((await addVolunteer(team, id, { name: 'Sam', email: 'sam@exemple.fr', phone: '' }, site)).ok).toBe(true);
  const typed = {
    ...{ day: '2026-11-28', part: 'soir', children: '1', ages: ['un-an'], name: 'Alex' },
    ...{ email: 'famille@exemple.fr', phone: '' },
  };
  expect((await requestSitting(context, { registration: id, insee: '35238' }, typed, site)).ok).toBe(true);
  const row = () => context.db.selectFrom('sitting_team').select(['status', 'words']).execute();
  const volunteers = () => context.db.selectFrom('sitting_volunteer').select('name').execute();
  const become = (status: 'refused' | 'closed') =>
    context.db.updateTable('registration').set({ status }).where('id', '=', id).execute();
  const job = unseenSittingsJob({ ORIGIN: site });

  await job.handle(context, {});
  expect(await row()).toEqual([{ status: 'open', words }]);

  // Until it is closed, who moderates still finds it.
  await become('refused');
  expect(await teamsToDecide(moderator)).toMatchObject([{ registration: id, status: 'open' }]);
  const before = context.posted.length;
  await job.handle(context, {});
  await job.handle(context, {});
  expect(await row()).toEqual([{ status: 'closed', words }]);
  expect(await context.db.selectFrom('sitting_request').select('status').execute()).toEqual([{ status: 'closed' }]);
  expect(context.posted.slice(before).map(({ to }) => to)).toEqual(['famille@exemple.fr']);
  expect(await volunteers()).toEqual([{ name: 'Sam' }]);

  await become('closed');
  await job.handle(context, {});
  await job.handle(context, {});
  expect(await row()).toEqual([{ status: 'closed', words: '' }]);
  expect(await volunteers()).toEqual([]);
  expect(context.posted.length).toBe(before + 1);
});
