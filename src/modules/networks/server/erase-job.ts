import { z } from 'zod';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { eraseRelay, relayDaysKept } from './relay-reports.ts';

/** Every night: what the relay no longer needs. */
export const eraseRelayJob = defineJob({
  name: 'networks.relay',
  purpose: `Vide les messages entre professionnels après ${relayDaysKept.text} jours, et oublie qui a écrit à qui après un an`,
  data: z.object({}),
  every: '35 3 * * *',
  handle: async (context) => {
    await eraseRelay(context);
  },
});
