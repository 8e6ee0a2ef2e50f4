import { expect, test } from 'vitest';
import { again, moderatorOf, professionalsHouse, publishedRow, site } from '#testing/professionals.ts';
import { formGroup } from './groups.ts';
import { askToAnimate, decideTeam } from './run-team.ts';
import { openTeamsFor, teamsToDecide } from './teams.ts';
import { unseenTeamsJob } from './unseen-job.ts';
import { askToMeet, confirmWish } from './wishes.ts';

test('a team ends with its registration: its families wait again and are told, and its words go once it closed for good', async () => {
  const { context, as } = await professionalsHouse();
  const first = await as('udaf@exemple.fr');
  const id = await publishedRow(first, 'Udaf Exemple');
  const team = await again(first);
  const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
  const said = { reach: 'epci', births: true, situations: [], words: 'Une éducatrice anime.' };
  expect((await askToAnimate(team, id, said)).ok).toBe(true);
  expect((await decideTeam(moderator, id, 'open', site)).ok).toBe(true);
  for (let at = 0; at < 5; at += 1) {
    const wish = { month: '2027-03', name: `Famille ${at}`, email: `famille${at}@exemple.fr` };
    expect((await askToMeet(context, '35238', wish, site)).ok).toBe(true);
    const word = /\/groupes\/ma-place\/([\w-]{43})\n/.exec(context.posted.at(-1)?.text ?? '')?.[1] ?? '';
    expect((await confirmWish(context, word, site)).ok).toBe(true);
  }
  expect((await formGroup(team, id, { scope: 'commune:35238', month: '2027-03' }, site)).ok).toBe(true);
  const seats = () => context.db.selectFrom('group_seat').select('status').distinct().execute();
  const row = () => context.db.selectFrom('group_team').select(['status', 'words']).execute();
  const become = (status: 'refused' | 'closed') =>
    context.db.updateTable('registration').set({ status }).where('id', '=', id).execute();
  const job = unseenTeamsJob({ ORIGIN: site });

  await job.handle(context, {});
  expect(await openTeamsFor(context, '35238')).toHaveLength(1);
  expect(await seats()).toEqual([{ status: 'member' }]);

  // Until it is closed, who moderates still finds it.
  await become('refused');
  expect(await teamsToDecide(moderator)).toMatchObject([{ registration: id, status: 'open' }]);
  const before = context.posted.length;
  await job.handle(context, {});
  await job.handle(context, {});
  expect(await row()).toEqual([{ status: 'closed', words: said.words }]);
  expect(await seats()).toEqual([{ status: 'waiting' }]);
  expect(
    context.posted
      .slice(before)
      .map(({ to }) => to)
      .sort(),
  ).toEqual([0, 1, 2, 3, 4].map((at) => `famille${at}@exemple.fr`));

  await become('closed');
  await job.handle(context, {});
  await job.handle(context, {});
  expect(await row()).toEqual([{ status: 'closed', words: '' }]);
  expect(context.posted.length).toBe(before + 5);
});
