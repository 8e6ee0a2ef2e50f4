import { z } from 'zod';
import { inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { endTeam } from './run-team.ts';
import './tables.ts';

/**
 * Ends the teams whose registration parents do not see any more: their families wait again, and are told. Of one that closed
 * for good, its words go too. Without the site’s own address no link would lead anywhere: families are told once it is set.
 */
export const unseenTeamsJob = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): AnyJob =>
  defineJob({
    name: 'groups.unseen',
    purpose: 'Ferme les groupes de parents dont l’organisme n’est plus en ligne, et prévient les familles',
    data: z.object({}),
    every: '*/15 * * * *',
    handle: async (context) => {
      if (!ORIGIN) return;
      const unseen = await context.db
        .selectFrom('group_team')
        .innerJoin('registration', 'registration.id', 'group_team.registration')
        .select(['registration.id', 'registration.status'])
        .where('registration.status', '!=', 'published')
        .where(({ eb, or, and }) =>
          or([
            eb('group_team.status', '!=', 'closed'),
            and([eb('registration.status', '=', 'closed'), eb('group_team.words', '!=', '')]),
          ]),
        )
        .orderBy('registration.id')
        .execute();
      for (const { id, status } of unseen) {
        await inTransaction(context, (inside) => endTeam(inside, id, { forGood: status === 'closed' }, ORIGIN));
      }
    },
  });
