import { z } from 'zod';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { order, remind } from './opinions.ts';
import './tables.ts';

/** Hours before the end at which an opinion that waits is asked for once more. */
const BEFORE = 72;

/** Opinions whose day has passed expire; three days before, whoever did not answer is written to, once. */
export const opinionsJob = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): AnyJob =>
  defineJob({
    name: 'calls.opinions',
    data: z.object({}),
    purpose: 'Constate les avis dont le délai est passé, et relance une fois trois jours avant',
    every: '23 * * * *',
    handle: (context) => followOpinions(context, ORIGIN),
  });

/** What the job does, at the instant of the clock. */
export const followOpinions = async (context: Context, origin: string | undefined): Promise<void> => {
  const inside = { ...context, actor: { kind: 'system' } as const };
  const now = context.clock.now();
  const waiting = await context.db
    .selectFrom('call_opinion')
    .select(['id', 'due', 'asked_at', 'reminded_at'])
    .where('status', 'in', ['asked', 'accepted'])
    .where('due', '<=', now.add({ hours: BEFORE }))
    .orderBy('id')
    .execute();
  for (const { id, due, asked_at, reminded_at } of waiting) {
    const from = due.subtract({ hours: BEFORE });
    const late = Temporal.Instant.compare(now, due) >= 0;
    const told = Temporal.Instant.compare(reminded_at ?? asked_at, from) >= 0;
    if (!late && told) continue;
    // Without the site’s own address no link would lead anywhere.
    if (!late && !origin) continue;
    await inTransaction(inside, (one) =>
      late
        ? order({ ...one, actor: inside.actor }, id, { command: 'expire' })
        : remind({ ...one, actor: inside.actor }, id, origin),
    );
  }
};
