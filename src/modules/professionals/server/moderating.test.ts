import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { saveRecords } from '#modules/directory/server/index.ts';
import type { DirectoryContext } from '#testing/directory.ts';
import { fillAll, moderatorOf, professionalsHouse, register, site } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';
import { caseView } from './case-view.ts';
import { MOST_OPEN, proposeCorrection } from './corrections.ts';
import { decideOnCase } from './decide.ts';
import { keptInsteadOf, proposeMerge } from './duplicates.ts';
import { labelView } from './label.ts';
import { countOpenCases, moderates, openCases } from './moderation.ts';
import { sendRegistration } from './send.ts';
import { undoCase } from './undo.ts';

const accept = { command: 'accept', reason: '' } as const;
const refusal = { command: 'refuse', reason: 'Le numéro ne répond pas.' } as const;

const onlineCount = async ({ db }: Pick<DirectoryContext, 'db'>): Promise<number> =>
  (await db.selectFrom('offer').select('id').where('gone', '=', false).execute()).length;

const statusOf = async (context: DirectoryContext): Promise<string | undefined> => {
  const [row] = await context.db.selectFrom('attestation').select('token').execute();
  return (await labelView(context, row?.token ?? ''))?.status;
};

const readFirst = async ({ context }: Awaited<ReturnType<typeof professionalsHouse>>): Promise<void> => {
  await context.db
    .insertInto('moderation_policy')
    .values({ territory: 'region:53', review: 'before', set_at: context.clock.now(), set_by: null })
    .execute();
};

const onlyCase = async (context: DirectoryContext): Promise<string> => {
  const [found] = await context.db
    .selectFrom('moderation_case')
    .select('id')
    .where('status', '!=', 'withdrawn')
    .execute();
  return found?.id ?? '';
};

describe('the moderators of a territory', () => {
  it('see what is theirs, and what is another territory’s does not exist for them', async () => {
    const { context, as } = await professionalsHouse();
    await register(await as('camille@exemple.fr'));
    const id = await onlyCase(context);
    for (const [scope, sees] of [
      ['france', true],
      ['region:53', true],
      ['departement:35', true],
      ['epci:243500139', true],
      ['commune:35238', true],
      ['departement:29', false],
      ['region:75', false],
      ['commune:35047', false],
    ] as const) {
      const who = await as(`${scope.replace(':', '-')}@exemple.fr`, moderatorOf(scope));
      expect([scope, moderates(who), await countOpenCases(who), (await openCases(who)).length]).toEqual([
        ...[scope, true, sees ? 1 : 0, sees ? 1 : 0],
      ]);
      expect((await caseView(who, id, String)) !== undefined).toBe(sees);
      if (!sees) expect(await decideOnCase(who, id, refusal, site)).toMatchObject({ error: { code: 'not_allowed' } });
    }
    const everywhere = await as('tout@exemple.fr', moderatorOf('france'));
    expect([await countOpenCases(everywhere), await countOpenCases(everywhere, 0)]).toEqual([1, 0]);
    const nobody = await as('personne@exemple.fr');
    expect([moderates(nobody), await countOpenCases(nobody), await openCases(nobody)]).toEqual([false, 0, []]);
    expect(await caseView(nobody, id, String)).toBeUndefined();
    expect(await decideOnCase(nobody, id, accept, site)).toMatchObject({ error: { code: 'not_allowed' } });
    expect(await onlineCount(context)).toBe(1);
  });

  it('publish what they accept, give the attestation, and tell the person', async () => {
    const house = await professionalsHouse();
    await readFirst(house);
    const camille = await house.as('camille@exemple.fr');
    await register(camille);
    expect([await onlineCount(house.context), await statusOf(house.context)]).toEqual([0, 'requested']);
    const moderator = await house.as('pmi@exemple.fr', moderatorOf('departement:35'));
    const id = await onlyCase(house.context);
    expect((await caseView(moderator, id, String))?.lines.map(({ term }) => term)).toContain('Priorité 2, 2');
    expect(await decideOnCase(moderator, id, accept, site)).toEqual({ ok: true, value: undefined });
    expect([await onlineCount(house.context), await statusOf(house.context)]).toEqual([1, 'given']);
    expect(await countOpenCases(moderator)).toBe(0);
    expect(house.context.posted.at(-1)).toMatchObject({
      ...{ to: 'camille@exemple.fr', subject: 'Votre proposition est acceptée' },
    });
  });

  it('take out what they refuse afterwards, with a reason that the holder reads and the label does not tell', async () => {
    const { context, as } = await professionalsHouse();
    await register(await as('camille@exemple.fr'));
    const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
    const id = await onlyCase(context);
    expect(await decideOnCase(moderator, id, { command: 'refuse', reason: ' ' }, site)).toMatchObject({
      error: { code: 'reason_missing' },
    });
    expect(await onlineCount(context)).toBe(1);
    expect((await decideOnCase(moderator, id, refusal, site)).ok).toBe(true);
    const [{ token = '' } = {}] = await context.db.selectFrom('attestation').select('token').execute();
    const label = await labelView(context, token);
    expect([await onlineCount(context), label?.status, label?.holder]).toEqual([0, 'withdrawn', undefined]);
    expect(JSON.stringify(label)).not.toContain('ne répond pas');
    expect(context.posted.at(-1)?.text).toContain('Le numéro ne répond pas.');
    // Nothing that people wrote is in the journal, which is never erased.
    const journal = JSON.stringify(await context.db.selectFrom('journal_event').selectAll().execute());
    for (const words of ['ne répond pas', 'Camille', 'camille@', 'Exemple']) expect(journal).not.toContain(words);
  });

  it('refuse a change without taking out what was there before', async () => {
    const { context, as } = await professionalsHouse();
    const camille = await as('camille@exemple.fr');
    const registration = await register(camille);
    const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
    await decideOnCase(moderator, await onlyCase(context), accept, site);
    await fillAll(camille, registration, { public: form({ phone: '08 99 00 00 00' }, stepForms.public) });
    await sendRegistration(camille, registration, site);
    const [waiting] = await openCases(moderator);
    expect((await caseView(moderator, waiting?.id ?? '', String))?.lines).toEqual([
      { term: 'Téléphone', before: '02 99 00 00 00', after: '08 99 00 00 00' },
    ]);
    await decideOnCase(moderator, waiting?.id ?? '', refusal, site);
    const [offer] = await context.db.selectFrom('offer').select('shown').where('gone', '=', false).execute();
    expect(JSON.parse(offer?.shown ?? '{}')).toMatchObject({ phone: '02 99 00 00 00' });
    expect(await statusOf(context)).toBe('given');
  });

  it('decide once, though two of them press at the same moment', async () => {
    const house = await professionalsHouse();
    await readFirst(house);
    await register(await house.as('camille@exemple.fr'));
    const id = await onlyCase(house.context);
    const [one, two] = [
      await house.as('une@exemple.fr', moderatorOf('departement:35')),
      await house.as('deux@exemple.fr', moderatorOf('region:53')),
    ];
    const both = await Promise.all([decideOnCase(one, id, accept, site), decideOnCase(two, id, refusal, site)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'already_decided' } });
    const accepted = both[0]?.ok === true;
    expect([await onlineCount(house.context), await statusOf(house.context)]).toEqual(
      accepted ? [1, 'given'] : [0, 'refused'],
    );
    expect(house.context.posted.filter(({ subject }) => subject.startsWith('Votre proposition'))).toHaveLength(1);
  });

  it('do not decide on what they registered themselves', async () => {
    const house = await professionalsHouse();
    await readFirst(house);
    const both = await house.as('pmi@exemple.fr', moderatorOf('departement:35'));
    await register(both);
    expect(await decideOnCase(both, await onlyCase(house.context), accept, site)).toMatchObject({
      error: { code: 'own_proposal' },
    });
  });

  it('let a trusted editor publish at once where they read first', async () => {
    const house = await professionalsHouse();
    await readFirst(house);
    const camille = await house.as('camille@exemple.fr');
    await house.context.db
      .insertInto('trusted_editor')
      .values({ account: camille.actor.account, since: house.context.clock.now(), by: null })
      .execute();
    await register(camille);
    expect([await onlineCount(house.context), await statusOf(house.context)]).toEqual([1, 'given']);
  });

  it('are refused when their role was taken away while the page was open', async () => {
    const { context, as } = await professionalsHouse();
    await register(await as('camille@exemple.fr'));
    const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
    await context.db.deleteFrom('agency_grant').where('account', '=', moderator.actor.account).execute();
    expect(await decideOnCase(moderator, await onlyCase(context), refusal, site)).toMatchObject({
      error: { code: 'not_allowed' },
    });
  });
});

describe('a correction of a place that nobody registered', () => {
  const fields = { name: 'PMI du Centre', phone: '02 99 11 11 11', words: 'J’y travaille.' };
  const typed = form(fields);
  const asked = { entity: 'place', slug: 'pmi-du-centre' } as const;
  const withPmi = async () => {
    const house = await professionalsHouse();
    await saveRecords(house.context, { source: 'essai', on: '2026-05-12' }, [pmi('02 99 00 00 00')]);
    return house;
  };
  const pmi = (phone: string) => ({
    place: { ref: 'p', fields: { name: 'PMI du Centre', kind: 'pmi' as const, insee: '35238', phone } },
    services: [{ ref: 's', fields: { name: 'Consultations', kind: 'pmi' as const } }],
  });
  const phoneOf = async ({ db }: DirectoryContext) =>
    (await db.selectFrom('place').select('phone').executeTakeFirstOrThrow()).phone;

  it('waits for a moderator, who sees before and after, and no import undoes it', async () => {
    const { context, as } = await withPmi();
    const proposed = await proposeCorrection(await as('voisine@exemple.fr'), asked, typed);
    expect(proposed).toEqual({ ok: true, value: { published: false } });
    expect(await phoneOf(context)).toBe('02 99 00 00 00');
    const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
    const id = await onlyCase(context);
    expect(await caseView(moderator, id, String)).toMatchObject({
      ...{ name: 'PMI du Centre', words: 'J’y travaille.' },
      lines: [{ term: 'Téléphone', before: '02 99 00 00 00', after: '02 99 11 11 11' }],
    });
    await decideOnCase(moderator, id, accept, site);
    await saveRecords(context, { source: 'essai', on: '2026-06-12' }, [pmi('02 99 22 22 22')]);
    expect(await phoneOf(context)).toBe('02 99 11 11 11');
    const [offer] = await context.db.selectFrom('offer').select('shown').execute();
    expect(JSON.parse(offer?.shown ?? '{}')).toMatchObject({ phone: '02 99 11 11 11' });
  });

  it('is done at once by a moderator of the territory, and taken back when another refuses it', async () => {
    const { context, as } = await withPmi();
    const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
    const proposed = await proposeCorrection(moderator, asked, form({ closed: 'oui' }, typed));
    expect(proposed).toEqual({ ok: true, value: { published: true } });
    expect([await phoneOf(context), await onlineCount(context)]).toEqual(['02 99 11 11 11', 0]);
    const other = await as('ars@exemple.fr', moderatorOf('region:53'));
    expect((await decideOnCase(other, await onlyCase(context), refusal, site)).ok).toBe(true);
    expect([await phoneOf(context), await onlineCount(context)]).toEqual(['02 99 00 00 00', 1]);
  });

  it('changes nothing when it is refused, and does not exist for a sheltered place', async () => {
    const { context, as } = await withPmi();
    const neighbour = await as('voisine@exemple.fr');
    await proposeCorrection(neighbour, asked, typed);
    const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
    await decideOnCase(moderator, await onlyCase(context), refusal, site);
    expect(await phoneOf(context)).toBe('02 99 00 00 00');
    await context.db.updateTable('place').set({ confidential: true }).execute();
    expect(await proposeCorrection(neighbour, asked, typed)).toMatchObject({
      error: [{ code: 'no_such_listing' }],
    });
  });
});

describe('two pages for one place', () => {
  const twice = async () => {
    const house = await professionalsHouse();
    const record = (ref: string, name: string, more: { phone?: string; website?: string; confidential?: boolean }) => ({
      place: { ref, fields: { name, kind: 'pmi' as const, insee: '35238', ...more } },
      services: [{ ref: `${ref}s`, fields: { name: `Consultations ${ref}`, kind: 'pmi' as const } }],
    });
    await saveRecords(house.context, { source: 'essai', on: '2026-05-12' }, [
      record('a', 'PMI du Centre', { phone: '02 99 00 00 00' }),
      record('b', 'PMI Centre', { phone: '02 99 11 11 11', website: 'https://exemple.fr' }),
      record('c', 'Refuge', { confidential: true, phone: '02 99 33 33 33' }),
    ]);
    return house;
  };
  const places = async ({ db }: DirectoryContext) =>
    db
      .selectFrom('place')
      .select(['slug', 'state', 'phone', 'website', 'provenance', 'closed_on'])
      .where('confidential', '=', false)
      .orderBy('id')
      .execute();

  it('become one that knows who said what, lead to it, and part again exactly as they were', async () => {
    const { context, as } = await twice();
    const before = await places(context);
    const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
    const merged = await proposeMerge(moderator, { kept: 'pmi-du-centre', gone: 'pmi-centre' });
    if (!merged.ok) throw new Error(merged.error.message);
    const [kept, gone] = await places(context);
    expect(kept).toMatchObject({ state: 'open', phone: '02 99 00 00 00', website: 'https://exemple.fr' });
    expect(kept?.provenance.website).toEqual({ source: 'essai', on: '2026-05-12' });
    expect(gone?.state).toBe('closed');
    const goneId = (await context.db.selectFrom('place').select('id').where('slug', '=', 'pmi-centre').execute())[0]
      ?.id;
    expect(await keptInsteadOf(context, goneId ?? 0)).toBe('pmi-du-centre');
    const elsewhere = await as('29@exemple.fr', moderatorOf('departement:29'));
    expect((await undoCase(elsewhere, merged.value.id, '')).ok).toBe(false);
    expect((await undoCase(moderator, merged.value.id, 'Deux lieux voisins.')).ok).toBe(true);
    expect(await places(context)).toEqual(before);
    expect(await keptInsteadOf(context, goneId ?? 0)).toBeUndefined();
    expect((await undoCase(moderator, merged.value.id, '')).ok).toBe(false);
  });

  it('are not proposed without end by one person', async () => {
    const { context, as } = await twice();
    const neighbour = await as('voisine@exemple.fr');
    const slugs = { kept: 'pmi-du-centre', gone: 'pmi-centre' };
    const first = await proposeMerge(neighbour, slugs);
    const id = first.ok ? first.value.id : '';
    await sql`
      insert into moderation_case
      select (json_populate_record(moderation_case, json_build_object('id', gen_random_uuid()))).*
      from moderation_case, generate_series(2, ${MOST_OPEN}) where id = ${id}`.execute(context.db);
    expect(await proposeMerge(neighbour, slugs)).toMatchObject({ error: { code: 'too_many' } });
    expect((await proposeMerge(await as('autre-voisine@exemple.fr'), slugs)).ok).toBe(true);
  });

  it('wait for a moderator when anybody else says so, and are never joined to a shelter', async () => {
    const { context, as } = await twice();
    const neighbour = await as('voisine@exemple.fr');
    expect(await proposeMerge(neighbour, { kept: 'pmi-du-centre', gone: 'refuge' })).toMatchObject({
      error: { code: 'not_two' },
    });
    expect(await proposeMerge(neighbour, { kept: 'pmi-du-centre', gone: 'pmi-du-centre' })).toMatchObject({
      error: { code: 'not_two' },
    });
    const proposed = await proposeMerge(neighbour, { kept: 'pmi-du-centre', gone: 'pmi-centre' });
    expect(proposed).toMatchObject({ value: { published: false } });
    // Meanwhile one of them turns out to be a shelter: nothing is joined, and nothing is written of the attempt.
    await context.db.updateTable('place').set({ confidential: true }).where('slug', '=', 'pmi-centre').execute();
    const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
    const id = proposed.ok ? proposed.value.id : '';
    expect(await decideOnCase(moderator, id, accept, site)).toMatchObject({ error: { code: 'not_both_sheltered' } });
    expect((await caseView(moderator, id, String))?.status).toBe('waiting');
    await context.db.updateTable('place').set({ confidential: false }).where('slug', '=', 'pmi-centre').execute();
    expect((await decideOnCase(moderator, id, accept, site)).ok).toBe(true);
    expect((await places(context)).map(({ state }) => state)).toEqual(['open', 'closed']);
  });
});
