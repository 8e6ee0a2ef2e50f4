import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { ShownOffer } from '#modules/directory/index.ts';
import { verifyJournal } from '#platform/server/journal/verify.ts';
import type { DirectoryContext } from '#testing/directory.ts';
import { again, begin, fillAll, professionalsHouse as house, site } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';
import { labelView } from './label.ts';
import { keepStep, MOST_BEGUN, ownRegistrations, readRegistration, startRegistration } from './registrations.ts';
import { sendRegistration } from './send.ts';

const shownOffers = async ({ db }: Pick<DirectoryContext, 'db'>): Promise<ShownOffer[]> =>
  (await db.selectFrom('offer').select('shown').where('gone', '=', false).orderBy('id').execute()).map(
    ({ shown }) => JSON.parse(shown) as ShownOffer,
  );

const tokenOf = async ({ db }: Pick<DirectoryContext, 'db'>, registration: string): Promise<string> =>
  (
    await db
      .selectFrom('attestation')
      .select('token')
      .where('registration', '=', registration)
      .where('status', '!=', 'withdrawn')
      .executeTakeFirstOrThrow()
  ).token;

describe('who registers alone', () => {
  it('is written to without any link by a site that does not know its own address for sure', async () => {
    const { as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    await fillAll(camille, id);
    expect((await sendRegistration(camille, id, undefined)).ok).toBe(true);
    expect(camille).toMatchObject({ posted: [{ text: expect.stringContaining('ouvrez le site et connectez-vous') }] });
    expect(camille).not.toMatchObject({ posted: [{ text: expect.stringMatching(/undefined|https?:/) }] });
  });

  it('is found by parents at once, with an attestation, where the territory reads afterwards', async () => {
    const { context, as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    await fillAll(camille, id, { public: form({ charter: 'on' }, stepForms.public) });
    expect(await sendRegistration(camille, id, site)).toEqual({ ok: true, value: { published: true } });

    const [offer, ...others] = await shownOffers(context);
    expect(others).toEqual([]);
    expect(offer).toMatchObject({
      ...{ name: 'Entretiens et consultations', organisation: 'Camille Exemple', priorities: [2], kind: 'cabinet' },
      ...{ phone: '02 99 00 00 00', stage: [-40, 0], areas: ['epci:243500139'] },
      place: { address: '1 rue de l’Exemple', commune: 'Rennes', insee: '35238' },
    });
    const label = await labelView(context, await tokenOf(context, id));
    expect(label).toMatchObject({
      ...{ status: 'given', until: '2027-11-21', givenOn: '2026-11-21' },
      holder: { name: 'Camille Exemple', what: 'Sage-femme', where: 'Rennes', page: '/lieux/cabinet-camille-exemple' },
    });
    // Ticked all the same, the charter of childcare is not a midwife’s to show.
    expect(label?.holder?.charter).toBe(false);
    // What was not made public is nowhere that others may see.
    expect(JSON.stringify([await shownOffers(context), label])).not.toContain('camille@exemple.fr');
    expect(camille).toMatchObject({
      posted: [{ to: 'camille@exemple.fr', subject: 'Votre inscription est en ligne' }],
    });
    const journal = await verifyJournal(context.db);
    // The first owner of the team, and the three of the registration.
    expect([journal.events, journal.troubles]).toEqual([4, []]);
  });

  it('waits for the moderators where the territory reads before, as the smallest territory says', async () => {
    const { context, as } = await house();
    const policy = { set_at: context.clock.now(), set_by: null };
    await context.db
      .insertInto('moderation_policy')
      .values([
        { territory: 'france', review: 'after', ...policy },
        { territory: 'departement:35', review: 'before', ...policy },
      ])
      .execute();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    await fillAll(camille, id);
    expect(await sendRegistration(camille, id, site)).toEqual({ ok: true, value: { published: false } });
    expect(await shownOffers(context)).toEqual([]);
    const label = await labelView(context, await tokenOf(context, id));
    expect(label).toMatchObject({ status: 'requested' });
    expect(label).not.toHaveProperty('holder');

    await context.db
      .insertInto('moderation_policy')
      .values({ territory: 'commune:35238', review: 'after', ...policy })
      .execute();
    expect(await sendRegistration(camille, id, site)).toEqual({ ok: true, value: { published: true } });
    expect(await shownOffers(context)).toHaveLength(1);
  });

  it('is shown at the commune only when they work at home, and the street is not even kept in the directory', async () => {
    const { context, as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    await fillAll(camille, id, {
      vous: form({ profession: 'assistant-maternel', atHome: 'on' }, stepForms.vous),
    });
    await sendRegistration(camille, id, site);
    const [offer] = await shownOffers(context);
    expect(offer?.place).toMatchObject({ address: null, postcode: null, insee: '35238', precision: 'commune' });
    const { rows } = await sql<{ told: string }>`select row_to_json(place)::text as told from place`.execute(
      context.db,
    );
    expect(rows.map(({ told }) => told).join()).not.toContain('Exemple"');
    expect(rows.map(({ told }) => told).join()).not.toContain('rue de l');
  });

  it('tells a sheltered place by its département, on its page and on its label', async () => {
    const { context, as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    await fillAll(camille, id, { lieux: form({ 'places-0-confidential': 'on', travels: '' }, stepForms.lieux) });
    await sendRegistration(camille, id, site);
    const told = JSON.stringify([await shownOffers(context), await labelView(context, await tokenOf(context, id))]);
    expect(told).toContain('Ille-et-Vilaine');
    for (const secret of ['Rennes', '35238', '35000', 'rue de']) expect(told).not.toContain(secret);
  });

  it('changes what parents see by sending again, and what it no longer tells is closed', async () => {
    const { context, as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    const two = form(
      { places: '2', 'places-1-commune': 'Brest', 'places-1-insee': '29019', 'places-1-line': '2 rue de l’Exemple' },
      stepForms.lieux,
    );
    await fillAll(camille, id, { lieux: two });
    await sendRegistration(camille, id, site);
    const token = await tokenOf(context, id);
    expect((await shownOffers(context)).map(({ place }) => place?.commune)).toEqual(['Rennes', 'Brest']);

    await fillAll(camille, id, { public: form({ phone: '02 99 00 00 00' }) });
    await sendRegistration(camille, id, site);
    expect((await shownOffers(context)).map(({ place, phone }) => [place?.commune, phone])).toEqual([['Rennes', null]]);
    expect(await tokenOf(context, id)).toBe(token);
    // The first version is no longer there to be read: the second is.
    const cases = await context.db.selectFrom('moderation_case').select('status').orderBy('created_at').execute();
    expect(cases.map(({ status }) => status).toSorted()).toEqual(['published', 'withdrawn']);
  });

  it('changes nothing by sending twice', async () => {
    const { context, as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    await fillAll(camille, id);
    await Promise.all([sendRegistration(camille, id, site), sendRegistration(camille, id, site)]);
    expect(await shownOffers(context)).toHaveLength(1);
    expect(await context.db.selectFrom('moderation_case').select('id').execute()).toHaveLength(1);
  });

  it('keeps an incomplete step, says what is missing, and sends nothing before it is whole', async () => {
    const { context, as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    const kept = await keepStep(camille, id, 1, 'lieux', form({ places: '1', 'places-0-commune': 'Saint-Denis' }));
    expect(kept.ok && kept.value.troubles.map(({ field }) => field)).toEqual(['places-0-commune']);
    const sent = await sendRegistration(camille, id, site);
    expect(sent.ok ? [] : sent.error.map(({ field }) => field)).toContain('profession');
    expect((await readRegistration(await again(camille), id))?.draft.places[0]?.commune).toBe('Saint-Denis');
    expect(await context.db.selectFrom('attestation').select('id').execute()).toEqual([]);
  });

  it('may not begin more than a person needs', async () => {
    const { as } = await house();
    const camille = await as('camille@exemple.fr');
    for (let begun = 0; begun < MOST_BEGUN; begun += 1) await begin(camille);
    expect(await startRegistration(camille)).toMatchObject({ ok: false, error: { code: 'too_many' } });
  });
});

describe('a registration and who may touch it', () => {
  it('does not exist for anybody else, whatever they do with its id', async () => {
    const { context, as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    await fillAll(camille, id);
    const other = await as('autre@exemple.fr');
    expect(await readRegistration(other, id)).toBeUndefined();
    expect(await keepStep(other, id, 7, 'vous', form({ name: 'Pris' }))).toMatchObject({
      error: { code: 'not_allowed' },
    });
    expect(await sendRegistration(other, id, site)).toMatchObject({ error: [{ code: 'not_allowed' }] });
    expect(await ownRegistrations(other)).toEqual([]);
    expect(await readRegistration(other, 'pas-un-identifiant')).toBeUndefined();
    expect(await shownOffers(context)).toEqual([]);
  });

  it('is refused to an editor who was removed while they were editing', async () => {
    const { context, as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    const editor = await as('edition@exemple.fr');
    const membership = { account: editor.actor.account, organisation: id, role: 'editor' as const };
    await context.db
      .insertInto('membership')
      .values({ ...membership, since: context.clock.now() })
      .execute();
    const opened = await again(editor);
    expect((await readRegistration(opened, id))?.mayEdit).toBe(true);
    expect((await keepStep(opened, id, 1, 'vous', stepForms.vous)).ok).toBe(true);
    await context.db.deleteFrom('membership').where('account', '=', editor.actor.account).execute();
    // Their page was opened before: its memberships are those of then.
    expect(await keepStep(opened, id, 2, 'vous', form({ name: 'Trop tard' }))).toMatchObject({
      error: { code: 'not_allowed' },
    });
  });

  it('is not overwritten by a form opened before somebody else changed it', async () => {
    const { as } = await house();
    const camille = await as('camille@exemple.fr');
    const id = await begin(camille);
    const both = await Promise.all([
      keepStep(camille, id, 1, 'vous', form({ name: 'Un' })),
      keepStep(camille, id, 1, 'vous', form({ name: 'Deux' })),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'changed_meanwhile' } });
  });

  it('shows nothing of itself for a token that is not one', async () => {
    const { context } = await house();
    for (const token of ['', 'a', "' or 1=1 --", '2'.repeat(16), '..%2f', '\0']) {
      expect(await labelView(context, token)).toBeUndefined();
    }
  });
});
