import { expect, it } from 'vitest';
import { verifyJournal } from '#platform/server/journal/verify.ts';
import { killedAtEach } from '#testing/killed.ts';
import { begin, fillAll, professionalsHouse, site } from '#testing/professionals.ts';
import { sendRegistration } from './send.ts';

it('a process killed at any point of a registration leaves either the draft or the whole, and sending again ends it', async () => {
  const { context, as } = await professionalsHouse();
  const camille = await as('camille@exemple.fr');
  const id = await begin(camille);
  await fillAll(camille, id);
  const traces = async () => ({
    status: (await context.db.selectFrom('registration').select('status').executeTakeFirstOrThrow()).status,
    attestations: (await context.db.selectFrom('attestation').select('id').execute()).length,
    cases: (await context.db.selectFrom('moderation_case').select('id').execute()).length,
    places: (await context.db.selectFrom('place').select('id').execute()).length,
    offers: (await context.db.selectFrom('offer').select('id').execute()).length,
    events: (await verifyJournal(context.db)).events,
  });
  // A draft has told who owns it.
  const draft = { status: 'draft', attestations: 0, cases: 0, places: 0, offers: 0, events: 1 };
  const whole = { status: 'published', attestations: 1, cases: 1, places: 1, offers: 1, events: 4 };
  const killed = await killedAtEach(
    camille,
    (doomed) => sendRegistration(doomed, id, site),
    async () => expect(await traces()).toEqual(draft),
  );
  expect(await traces()).toEqual(whole);
  // The writing of the directory alone is a dozen statements.
  expect(killed).toBeGreaterThan(20);
  expect((await sendRegistration(camille, id, site)).ok).toBe(true);
  expect(await traces()).toEqual(whole);
}, 120_000);
