import { describe, expect, it } from 'vitest';
import { agencyRoles, type Scope } from '#platform/permissions.ts';
import { verifyJournal } from '#platform/server/journal/verify.ts';
import { moderatorOf, professionalsHouse, register, site } from '#testing/professionals.ts';
import { decideOnCase } from './decide.ts';
import { giveTrust, policyView, setReview, setsPolicy, takeTrust } from './policy.ts';

const because = { reason: 'Beaucoup d’inscriptions à compléter.' };

const statusOf = async ({ context }: Awaited<ReturnType<typeof professionalsHouse>>, id: string) =>
  (await context.db.selectFrom('registration').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;

describe('before or after publication', () => {
  /** Rennes is in Ille-et-Vilaine, in Bretagne: who may choose for Rennes, and for what is around it. */
  const territories: readonly Scope[] = ['commune:35238', 'departement:35', 'region:53', 'france', 'departement:29'];
  const inside: Readonly<Record<string, readonly Scope[]>> = {
    'commune:35238': ['commune:35238'],
    'departement:35': ['commune:35238', 'departement:35'],
    'region:53': ['commune:35238', 'departement:35', 'region:53', 'departement:29'],
    france: territories,
    'departement:29': ['departement:29'],
  };

  it('is chosen by who decides there: every role, every scope, every territory', async () => {
    const { context, as } = await professionalsHouse();
    for (const role of agencyRoles) {
      for (const scope of territories) {
        const who = await as(`${role}-${scope.replace(':', '-')}@exemple.fr`, { agency: 'local', role, scope });
        const decides = role === 'administrator' || role === 'moderator';
        expect([role, scope, setsPolicy(who)]).toEqual([role, scope, decides]);
        for (const territory of territories) {
          const set = await setReview(who, { territory, review: 'before', ...because });
          const may = decides && (inside[scope] ?? []).includes(territory);
          expect([role, scope, territory, set.ok]).toEqual([role, scope, territory, may]);
          if (!set.ok) expect(set.error.code).toBe('not_allowed');
        }
        const sees = decides ? (inside[scope] ?? []) : [];
        const { rules } = await policyView(who);
        for (const { territory } of rules) expect(sees).toContain(territory);
      }
    }
    const nobody = await as('quelquun@exemple.fr');
    expect((await setReview(nobody, { territory: 'commune:35238', review: 'after', ...because })).ok).toBe(false);
    expect(await policyView(nobody)).toEqual({ scopes: [], rules: [], editors: [], candidates: [] });
    expect(await verifyJournal(context.db)).toMatchObject({ troubles: [] });
  });

  it('changes what happens to the next registration; the smallest territory wins, and may follow the one around it', async () => {
    const house = await professionalsHouse();
    const region = await house.as('region@ars.example', moderatorOf('region:53'));
    const town = await house.as('ville@rennes.example', moderatorOf('commune:35238'));
    const set = (who: typeof region, territory: Scope, review: string) =>
      setReview(who, { territory, review, ...because });
    const next = async (name: string) => statusOf(house, await register(await house.as(`${name}@exemple.fr`)));
    expect(await next('un')).toBe('published');
    await set(region, 'region:53', 'before');
    expect(await next('deux')).toBe('waiting');
    await set(town, 'commune:35238', 'after');
    expect(await next('trois')).toBe('published');
    await set(town, 'commune:35238', 'above');
    expect(await next('quatre')).toBe('waiting');
    const { rules } = await policyView(region);
    expect(rules).toMatchObject([
      { territory: 'region:53', review: 'before', by: 'region@ars.example', reason: because.reason },
    ]);
  });

  it.each([
    [{ territory: 'departement:999' }, 'territory'],
    [{ territory: 'monde' }, 'territory'],
    [{ review: 'jamais' }, 'review'],
    [{ reason: '  ' }, 'reason'],
    [{ reason: 'é'.repeat(601) }, 'reason'],
  ])('is refused with %j', async (changed, field) => {
    const { as } = await professionalsHouse();
    const who = await as('region@ars.example', moderatorOf('france'));
    const set = await setReview(who, { territory: 'region:53', review: 'before', ...because, ...changed });
    expect(set).toMatchObject({ ok: false, error: { field } });
  });
});

describe('somebody who is trusted', () => {
  it('appears at once where they are trusted, and nowhere else; trust is taken back with a reason', async () => {
    const house = await professionalsHouse();
    const { context, as } = house;
    const ille = await as('35@departement.example', moderatorOf('departement:35'));
    const finistere = await as('29@departement.example', moderatorOf('departement:29'));
    const france = await as('france@etat.example', moderatorOf('france'));
    for (const territory of ['departement:35', 'departement:29']) {
      await setReview(france, { territory, review: 'before', ...because });
    }
    const camille = await as('camille@exemple.fr');
    const trust = { account: camille.actor.account, territory: 'departement:35', ...because };
    expect(await giveTrust(ille, trust)).toMatchObject({ ok: false, error: { code: 'nobody_there' } });
    const first = await register(camille);
    expect(await statusOf(house, first)).toBe('waiting');
    const { id } = await context.db.selectFrom('moderation_case').select('id').executeTakeFirstOrThrow();
    await decideOnCase(ille, id, { command: 'accept', reason: '' }, site);
    expect((await policyView(ille)).candidates).toEqual([
      { account: camille.actor.account, accepted: 1, name: 'camille@exemple.fr' },
    ]);
    expect((await policyView(finistere)).candidates).toEqual([]);

    expect(await giveTrust(finistere, trust)).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(await giveTrust(ille, { ...trust, account: ille.actor.account })).toMatchObject({
      ...{ ok: false, error: { code: 'oneself' } },
    });
    expect(await giveTrust(ille, { ...trust, reason: '' })).toMatchObject({ ok: false, error: { field: 'reason' } });
    expect(await giveTrust(ille, trust)).toEqual({ ok: true, value: undefined });
    expect((await giveTrust(ille, trust)).ok).toBe(true);
    expect((await policyView(ille)).editors).toMatchObject([
      { name: 'camille@exemple.fr', territory: 'departement:35', by: '35@departement.example', reason: because.reason },
    ]);
    expect((await policyView(finistere)).editors).toEqual([]);
    expect(await statusOf(house, await register(camille))).toBe('published');

    expect(await takeTrust(finistere, trust)).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(await takeTrust(ille, { ...trust, reason: '' })).toMatchObject({ ok: false, error: { field: 'reason' } });
    expect((await takeTrust(ille, trust)).ok).toBe(true);
    expect((await takeTrust(ille, trust)).ok).toBe(true);
    expect(await statusOf(house, await register(camille))).toBe('waiting');
    // Trusted in Finistère, she is read in Ille-et-Vilaine.
    await context.db
      .insertInto('trusted_editor')
      .values({ account: camille.actor.account, territory: 'departement:29', since: context.clock.now(), by: null })
      .execute();
    expect(await statusOf(house, await register(camille))).toBe('waiting');
    expect(await verifyJournal(context.db)).toMatchObject({ troubles: [] });
  });
});
