import { z } from 'zod';
import { defineJob } from '../jobs/jobs.ts';
import './tables.ts';

/** Every hour: what has expired opens nothing, and is not kept. */
export const sweepIdentity = defineJob({
  name: 'identity.sweep',
  data: z.object({}),
  purpose: 'Efface les connexions terminées, les messages de connexion et les invitations qui ne servent plus.',
  every: '37 * * * *',
  handle: async ({ db, clock }) => {
    const now = clock.now();
    await db.deleteFrom('account_session').where('expires_at', '<=', now).execute();
    await db.deleteFrom('account_proof').where('expires_at', '<=', now).execute();
    await db.deleteFrom('account_challenge').where('expires_at', '<=', now).execute();
    await db.deleteFrom('invitation').where('expires_at', '<=', now).execute();
  },
});
