import { describe, expect, it } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import type { DirectoryContext } from '#testing/directory.ts';
import { again, moderatorOf, professionalsHouse, register, site } from '#testing/professionals.ts';
import { labelView } from './label.ts';
import { tokenOfListing } from './listing-label.ts';
import { sendRegistration } from './send.ts';
import { commandAttestationOf, commandOwnAttestation, expireAttestations } from './supervise.ts';

const label = async (context: DirectoryContext, clock = context.clock) => {
  const [row] = await context.db.selectFrom('attestation').select('token').execute();
  return labelView({ ...context, clock }, row?.token ?? '');
};

const tokenShown = async (context: DirectoryContext): Promise<string | undefined> => {
  const place = await context.db.selectFrom('place').select('id').executeTakeFirstOrThrow();
  return tokenOfListing(context, 'place', place.id);
};

describe('an attestation that was given', () => {
  it('is disputed, cleared and withdrawn by the moderators of its territory, and its page says so each time', async () => {
    const { context, as } = await professionalsHouse();
    const camille = await as('camille@exemple.fr');
    const id = await register(camille);
    expect(await tokenShown(context)).toBe((await label(context))?.token);
    const elsewhere = await as('29@exemple.fr', moderatorOf('departement:29'));
    expect(await commandAttestationOf(elsewhere, id, 'withdraw', 'Rien')).toMatchObject({
      error: { code: 'not_allowed' },
    });
    const moderator = await as('35@exemple.fr', moderatorOf('departement:35'));
    expect(await commandAttestationOf(moderator, id, 'dispute', '')).toMatchObject({
      error: { code: 'reason_missing' },
    });
    expect((await commandAttestationOf(moderator, id, 'dispute', 'Une plainte à vérifier.')).ok).toBe(true);
    expect([(await label(context))?.status, await tokenShown(context)]).toEqual(['disputed', undefined]);
    // Who keeps it cannot clear it by confirming it.
    expect(await commandOwnAttestation(camille, id, 'renew')).toMatchObject({ error: { code: 'attestation_not_now' } });
    expect((await commandAttestationOf(moderator, id, 'clear', '')).ok).toBe(true);
    expect((await label(context))?.status).toBe('given');
    expect((await commandAttestationOf(moderator, id, 'withdraw', 'Elle a cessé.')).ok).toBe(true);
    expect((await label(context))?.status).toBe('withdrawn');
    expect(context.posted.at(-1)).toMatchObject({ to: 'camille@exemple.fr', subject: 'Attestation retirée' });
    // What was withdrawn never comes back by sending the same again.
    await sendRegistration(await again(camille), id, site);
    expect((await label(context))?.status).toBe('withdrawn');
  });

  it('ends after a year unless it is confirmed, and says so on its page before the job has passed', async () => {
    const { context, as } = await professionalsHouse();
    const camille = await as('camille@exemple.fr');
    const id = await register(camille);
    const later = fixedClock('2027-11-22T09:00:00Z');
    expect((await label(context, fixedClock('2027-11-21T22:30:00Z')))?.status).toBe('given');
    expect((await label(context, later))?.status).toBe('expired');
    await expireAttestations.handle({ ...context, clock: later, actor: { kind: 'system' } }, {});
    const row = await context.db.selectFrom('attestation').select('status').executeTakeFirstOrThrow();
    expect(row.status).toBe('expired');
    expect((await commandOwnAttestation({ ...camille, clock: later }, id, 'renew')).ok).toBe(true);
    expect(await label(context, later)).toMatchObject({ status: 'given', until: '2028-11-22' });
  });
});
