import { z } from 'zod';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { endUnseenTeams } from './teams.ts';
import { tellTeam } from './tell.ts';
import './tables.ts';

/** The work of call-backs apart from requests: teams are told of what waits for more than a day, and end with their registration. */
export const callbackJobs = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): readonly AnyJob[] => [
  defineJob({
    name: 'callback.remind',
    data: z.object({}),
    purpose: 'Prévient les équipes des demandes de rappel qui attendent depuis plus de 24 heures.',
    every: '7 * * * *',
    handle: (context) => remind(context, ORIGIN),
  }),
  defineJob({
    name: 'callback.unseen',
    data: z.object({}),
    purpose: 'Retire les équipes de rappel dont l’organisme n’est plus en ligne, et efface ce qui y attendait',
    every: '*/15 * * * *',
    handle: endUnseenTeams,
  }),
];

/** One message for all that waits in a team; the requests are marked in the same transaction, so that it leaves once. */
const remind = async (context: Context, site: string | undefined): Promise<void> => {
  const dayAgo = context.clock.now().subtract({ hours: 24 });
  const teams = await context.db
    .selectFrom('callback_request')
    .innerJoin('callback_team', 'callback_team.id', 'callback_request.team')
    .select(['callback_team.id', 'callback_team.organisation'])
    .distinct()
    .where('status', '=', 'waiting')
    .where('created_at', '<=', dayAgo)
    .execute();
  for (const { id, organisation } of teams) {
    await inTransaction(context, async (inside) => {
      const marked = await inside.db
        .updateTable('callback_request')
        .set({ warned_at: inside.clock.now() })
        .where('team', '=', id)
        .where('status', '=', 'waiting')
        .where('created_at', '<=', dayAgo)
        .where(({ eb, or }) => or([eb('warned_at', 'is', null), eb('warned_at', '<=', dayAgo)]))
        .executeTakeFirst();
      if (marked.numUpdatedRows > 0n) await tellTeam(inside, organisation, 'waiting', site);
    });
  }
};
