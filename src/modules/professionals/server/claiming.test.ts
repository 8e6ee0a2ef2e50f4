import { describe, expect, it } from 'vitest';
import { PERSON } from '#modules/directory/index.ts';
import { correctRow, saveRecords } from '#modules/directory/server/index.ts';
import { fixedClock } from '#platform/clock.ts';
import { setMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { verifyJournal } from '#platform/server/journal/verify.ts';
import type { DirectoryContext } from '#testing/directory.ts';
import { again, begin, moderatorOf, professionalsHouse, register, site } from '#testing/professionals.ts';
import { form } from '#testing/registration.ts';
import { claimLimits, writeClaimCode } from '../claim.ts';
import { caseView } from './case-view.ts';
import { enterClaimCode, prepareLetter } from './claim-letter.ts';
import { claimListing, ownClaims, readOwnClaim, withdrawClaim } from './claims.ts';
import { closeRegistration, giveBackListing } from './close.ts';
import { proposeCorrection } from './corrections.ts';
import { decideOnCase } from './decide.ts';
import { proposeMerge } from './duplicates.ts';
import { openCases } from './moderation.ts';
import { keepsListing, keptListings, ownerOf, toldPlaces } from './ownership.ts';
import { undoCase } from './undo.ts';

const nursery = (phone = '02 99 00 00 00') => ({
  place: {
    ref: 'p',
    fields: {
      ...{ name: 'Crèche Exemple', kind: 'creche' as const, insee: '35238', line: '1 rue de l’Exemple', phone },
      ...{ postcode: '35000', website: 'https://www.creche-exemple.fr' },
    },
  },
  services: [{ ref: 's', fields: { name: 'Accueil du jeune enfant', kind: 'creche' as const } }],
});

const houseWithNursery = async () => {
  const house = await professionalsHouse();
  await saveRecords(house.context, { source: 'essai', on: '2026-05-12' }, [nursery()]);
  const { id } = await house.context.db.selectFrom('place').select('id').executeTakeFirstOrThrow();
  const moderator = await house.as('pmi@exemple.fr', moderatorOf('departement:35'));
  return { ...house, moderator, place: { entity: 'place' as const, id } };
};

const asked = { entity: 'place', slug: 'creche-exemple', registration: '', words: 'J’en suis la directrice.' } as const;

/** Claims the nursery, and is what comes of it: the claim, and who claimed as at the next request. */
const claims = async (who: PersonContext, proof: string, more: object = {}) => {
  const claimed = await claimListing(who, { ...asked, proof, ...more }, site);
  if (!claimed.ok) throw new Error(claimed.error.code);
  return { ...claimed.value, who: await again(who) };
};

const posted = ({ posted: mails }: DirectoryContext) => mails.map(({ to, subject }) => `${to}: ${subject}`);

const accept = { command: 'accept', reason: 'Nous la connaissons.' } as const;
const refusal = { command: 'refuse', reason: 'Ce n’est pas elle.' } as const;

describe('an imported page is claimed', () => {
  it('at once by an e-mail of its domain, read afterwards, and taken back when a moderator refuses', async () => {
    const { context, as, moderator, place } = await houseWithNursery();
    const { id, given, who } = await claims(await as('lea@creche-exemple.fr'), 'email');
    expect([given, await keepsListing(who, place), (await openCases(moderator)).length]).toEqual([true, true, 1]);
    expect(await caseView(moderator, id, String)).toMatchObject({
      ...{ kind: 'claim', status: 'published', name: 'Crèche Exemple', words: asked.words },
      lines: expect.arrayContaining([
        { term: 'Équipe qui demande à tenir la fiche', before: '', after: 'Crèche Exemple' },
        { term: 'Adresse électronique de la personne', before: '', after: 'lea@creche-exemple.fr' },
      ]),
    });
    expect((await decideOnCase(moderator, id, refusal, site)).ok).toBe(true);
    expect([await ownerOf(context, place), await keepsListing(who, place)]).toEqual([undefined, false]);
    expect((await verifyJournal(context.db)).troubles).toEqual([]);
    const journal = JSON.stringify(await context.db.selectFrom('journal_event').selectAll().execute());
    for (const words of ['Crèche', 'directrice', 'lea@', 'pas elle']) expect(journal).not.toContain(words);
  });

  it('not by an e-mail of elsewhere, nor by a site that a person wrote in the page', async () => {
    const { context, as, place } = await houseWithNursery();
    const thief = await as('moi@pirate.example');
    const code = async () => {
      const claimed = await claimListing(thief, { ...asked, proof: 'email' }, site);
      return claimed.ok ? 'given' : claimed.error.code;
    };
    expect(await code()).toBe('proof_unknown');
    await correctRow(context, 'place', place.id, { website: 'https://pirate.example' });
    expect(await code()).toBe('proof_unknown');
    expect(await ownerOf(context, place)).toBeUndefined();
  });

  it('by a moderator, with a motive, never by oneself nor from another territory', async () => {
    const { context, as, moderator, place } = await houseWithNursery();
    expect(await claimListing(moderator, { ...asked, proof: 'moderator', words: ' ' }, site)).toMatchObject({
      error: { code: 'words_missing' },
    });
    const own = await claims(moderator, 'moderator');
    expect(await decideOnCase(own.who, own.id, accept, site)).toMatchObject({ error: { code: 'own_proposal' } });
    expect((await withdrawClaim(own.who, own.id)).ok).toBe(true);
    const { id, given, who } = await claims(await as('lea@exemple.fr'), 'moderator');
    const elsewhere = await as('29@exemple.fr', moderatorOf('departement:29'));
    const coordinator = await as('c@exemple.fr', { agency: 'caf', role: 'coordinator', scope: 'departement:35' });
    for (const other of [elsewhere, coordinator, who]) {
      expect(await decideOnCase(other, id, accept, site)).toMatchObject({ error: { code: 'not_allowed' } });
    }
    expect(await decideOnCase(moderator, id, { ...accept, reason: '' }, site)).toMatchObject({
      error: { code: 'reason_missing' },
    });
    expect([given, await ownerOf(context, place)]).toEqual([false, undefined]);
    expect((await decideOnCase(moderator, id, accept, site)).ok).toBe(true);
    expect(await keepsListing(who, place)).toBe(true);
    expect(context.posted.at(-1)).toMatchObject({ to: 'lea@exemple.fr', subject: 'Votre proposition est acceptée' });
    expect((await undoCase(moderator, id, ' ')).ok).toBe(false);
    expect((await undoCase(elsewhere, id, 'Elle est partie.')).ok).toBe(false);
    expect((await undoCase(moderator, id, 'Elle est partie.')).ok).toBe(true);
    expect(await keepsListing(who, place)).toBe(false);
    expect(posted(context).at(-1)).toBe('lea@exemple.fr: Vous ne tenez plus une fiche');
  });

  it('in the name of one’s own team only; what a registration told belongs to its own', async () => {
    const { context, as, place } = await houseWithNursery();
    const camille = await as('camille@creche-exemple.fr');
    const registration = await register(camille);
    const stranger = await as('autre@creche-exemple.fr');
    expect(await claimListing(stranger, { ...asked, proof: 'email', registration }, site)).toMatchObject({
      error: { code: 'not_allowed' },
    });
    const theirs = { ...asked, slug: 'cabinet-camille-exemple', proof: 'moderator' };
    expect(await claimListing(stranger, theirs, site)).toMatchObject({ error: { code: 'listing_held' } });
    const mine = await again(camille);
    const { id } = await claims(mine, 'email', { registration });
    expect([await ownerOf(context, place), await readOwnClaim(stranger, id)]).toEqual([registration, undefined]);
    expect(await claimListing(mine, { ...asked, proof: 'email', registration }, site)).toMatchObject({
      error: { code: 'listing_owned' },
    });
    expect((await ownClaims(mine)).map(({ name, status }) => [name, status])).toEqual([
      ['Crèche Exemple', 'published'],
    ]);
    expect(await ownClaims(stranger)).toEqual([]);
  });

  it('not when it is sheltered, closed or unknown', async () => {
    const { context, as } = await houseWithNursery();
    const lea = await as('lea@creche-exemple.fr');
    const codeOf = async (slug: string) => {
      const claimed = await claimListing(lea, { ...asked, slug, proof: 'email' }, site);
      return claimed.ok ? 'given' : claimed.error.code;
    };
    expect(await codeOf('inconnue')).toBe('no_such_listing');
    await context.db.updateTable('place').set({ confidential: true }).execute();
    expect(await codeOf('creche-exemple')).toBe('no_such_listing');
    await context.db.updateTable('place').set({ confidential: false, state: 'closed' }).execute();
    expect(await codeOf('creche-exemple')).toBe('no_such_listing');
  });
});

describe('a page that a team keeps already', () => {
  it('is for a moderator to decide whatever the proof, and who keeps it is told, then told again when it goes', async () => {
    const { context, as, moderator, place } = await houseWithNursery();
    const first = await claims(await as('lea@creche-exemple.fr'), 'email');
    const second = await claims(await as('max@creche-exemple.fr'), 'email');
    expect([second.given, await keepsListing(first.who, place), await keepsListing(second.who, place)]).toEqual([
      ...[false, true, false],
    ]);
    expect(posted(context)).toEqual(['lea@creche-exemple.fr: Une autre équipe demande une fiche que vous tenez']);
    // Who claims is not told to who keeps it.
    expect(context.posted[0]?.text).not.toContain('max');
    const lines = (await caseView(moderator, second.id, String))?.lines.map(({ term }) => term);
    expect(lines).toContain('Équipe qui la tient déjà');
    expect((await decideOnCase(moderator, second.id, accept, site)).ok).toBe(true);
    expect([await keepsListing(first.who, place), await keepsListing(second.who, place)]).toEqual([false, true]);
    expect(posted(context).slice(1)).toEqual([
      'lea@creche-exemple.fr: Vous ne tenez plus une fiche',
      'max@creche-exemple.fr: Votre proposition est acceptée',
    ]);
    expect((await caseView(moderator, first.id, String))?.status).toBe('undone');
  });

  it('stays whose it is when the second claim is refused', async () => {
    const { as, moderator, place } = await houseWithNursery();
    const first = await claims(await as('lea@creche-exemple.fr'), 'email');
    const second = await claims(await as('max@exemple.fr'), 'moderator');
    expect((await decideOnCase(moderator, second.id, refusal, site)).ok).toBe(true);
    expect(await keepsListing(first.who, place)).toBe(true);
  });

  it('is given once, though two teams prove it at the same moment', async () => {
    const { as, place } = await houseWithNursery();
    const [lea, max] = [await as('lea@creche-exemple.fr'), await as('max@creche-exemple.fr')];
    const both = await Promise.all([claims(lea, 'email'), claims(max, 'email')]);
    expect(both.map(({ given }) => given).sort()).toEqual([false, true]);
    const keep = await Promise.all(both.map(({ who }) => keepsListing(who, place)));
    expect(keep).toEqual(both.map(({ given }) => given));
  });
});

describe('the code of a letter', () => {
  const withLetter = async () => {
    const house = await houseWithNursery();
    const claim = await claims(await house.as('lea@exemple.fr'), 'post');
    const letter = await prepareLetter(house.moderator, claim.id);
    if (!letter.ok) throw new Error(letter.error.code);
    return { ...house, ...claim, letter: letter.value };
  };
  const wrong = 'zzzzz-zzzzz';

  it('goes to the published address, is kept by nobody, and gives the page to who types it', async () => {
    const { context, who, id, letter, moderator, place } = await withLetter();
    expect(letter).toMatchObject({ name: 'Crèche Exemple', address: ['1 rue de l’Exemple', '35000 Rennes'] });
    const kept = JSON.stringify([
      await context.db.selectFrom('claim').selectAll().execute(),
      await context.db.selectFrom('journal_event').selectAll().execute(),
    ]);
    expect(kept).not.toContain(letter.code);
    expect(await enterClaimCode(moderator, id, letter.code)).toMatchObject({ error: { code: 'no_such_listing' } });
    expect(await enterClaimCode(who, id, wrong)).toMatchObject({ error: { code: 'wrong_code' } });
    expect(await enterClaimCode(who, id, writeClaimCode(letter.code).toUpperCase())).toEqual({
      ...{ ok: true, value: { given: true } },
    });
    expect(await keepsListing(who, place)).toBe(true);
    expect(await enterClaimCode(who, id, letter.code)).toMatchObject({ error: { code: 'no_code' } });
    // To be read afterwards, as everything that appears at once.
    expect((await decideOnCase(moderator, id, { command: 'accept', reason: '' }, site)).ok).toBe(true);
  });

  it('is worth nothing after a few wrong tries, counted though several come at once', async () => {
    const { who, id, letter, moderator, place } = await withLetter();
    await Promise.all(Array.from({ length: claimLimits.tries + 3 }, () => enterClaimCode(who, id, wrong)));
    expect(await enterClaimCode(who, id, letter.code)).toMatchObject({ error: { code: 'no_code' } });
    const second = await prepareLetter(moderator, id);
    expect((await enterClaimCode(who, id, second.ok ? second.value.code : '')).ok).toBe(true);
    expect(await keepsListing(who, place)).toBe(true);
  });

  it('is worth nothing once another letter was prepared, nor after its days', async () => {
    const { who, id, letter, moderator } = await withLetter();
    const second = await prepareLetter(moderator, id);
    const code = second.ok ? second.value.code : '';
    expect(await enterClaimCode(who, id, letter.code)).toMatchObject({ error: { code: 'wrong_code' } });
    const late = { ...who, clock: fixedClock('2027-01-05T10:00:00Z') };
    expect(await enterClaimCode(late, id, code)).toMatchObject({ error: { code: 'no_code' } });
    expect((await enterClaimCode({ ...who, clock: fixedClock('2027-01-05T09:59:59Z') }, id, code)).ok).toBe(true);
  });

  it('is not prepared by another territory, by a reader, for oneself, nor for what waits for none', async () => {
    const { as, moderator, context } = await houseWithNursery();
    const own = await claims(moderator, 'post');
    expect(await prepareLetter(moderator, own.id)).toMatchObject({ error: { code: 'no_letter' } });
    const { id } = await claims(await as('lea@exemple.fr'), 'post');
    const elsewhere = await as('29@exemple.fr', moderatorOf('departement:29'));
    const reader = await as('r@exemple.fr', { agency: 'ars', role: 'reader', scope: 'region:53' });
    for (const other of [elsewhere, reader]) {
      expect(await prepareLetter(other, id)).toMatchObject({ error: { code: 'not_allowed' } });
    }
    await context.db.updateTable('place').set({ line: null }).execute();
    expect(await prepareLetter(moderator, id)).toMatchObject({ error: { code: 'no_letter' } });
    const { id: asked2 } = await claims(await as('max@exemple.fr'), 'moderator');
    expect(await prepareLetter(moderator, asked2)).toMatchObject({ error: { code: 'no_letter' } });
  });

  it('that comes when another team keeps the page is told to the moderator, who decides', async () => {
    const { as, who, id, letter, moderator, place } = await withLetter();
    const other = await claims(await as('max@creche-exemple.fr'), 'email');
    expect(await enterClaimCode(who, id, letter.code)).toEqual({ ok: true, value: { given: false } });
    expect([await keepsListing(who, place), await keepsListing(other.who, place)]).toEqual([false, true]);
    const view = await caseView(moderator, id, String);
    expect(view?.lines.find(({ term }) => term === 'Preuve')?.after).toContain('le code de la lettre est le bon');
  });
});

describe('many claims', () => {
  it('of one account in a day are refused, though all are sent at once, and may go on the day after', async () => {
    const { context, as } = await professionalsHouse();
    const several = Array.from({ length: claimLimits.aDay + 3 }, (_, at) => ({
      place: { ref: `p${at}`, fields: { name: `Lieu ${at}`, kind: 'creche' as const, insee: '35238' } },
      services: [{ ref: `s${at}`, fields: { name: `Accueil ${at}`, kind: 'creche' as const } }],
    }));
    await saveRecords(context, { source: 'essai', on: '2026-05-12' }, several);
    const first = await as('reseau@exemple.fr');
    const registration = await begin(first);
    const who = await again(first);
    const claim = (at: number, context = who) =>
      claimListing(context, { ...asked, slug: `lieu-${at}`, proof: 'moderator', registration }, site);
    const all = await Promise.all(several.map((_, at) => claim(at)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(claimLimits.aDay);
    for (const one of all) if (!one.ok) expect(one.error.code).toBe('too_many_claims');
    const left = all.findIndex(({ ok }) => !ok);
    expect((await claim(left, { ...who, clock: fixedClock('2026-11-22T10:00:00Z') })).ok).toBe(true);
    expect(
      await claim(
        all.findIndex(({ ok }) => ok),
        { ...who, clock: fixedClock('2026-11-22T10:00:00Z') },
      ),
    ).toMatchObject({ error: { code: 'already_asked' } });
  });
});

it('is given back by who is responsible, then the registration closed: parents see neither, and the team is told', async () => {
  const { context, as, place } = await houseWithNursery();
  const { who } = await claims(await as('lea@creche-exemple.fr'), 'email');
  const registration = who.actor.memberships[0]?.organisation ?? '';
  const editor = await as('editrice@exemple.fr');
  await setMember(context, registration, editor.actor.account, 'editor');
  for (const other of [await again(editor), await as('autre@exemple.fr')]) {
    expect(await giveBackListing(other, registration, place)).toMatchObject({ error: { code: 'not_allowed' } });
    expect(await closeRegistration(other, registration)).toMatchObject({ error: { code: 'not_allowed' } });
  }
  expect(await giveBackListing(who, registration, { ...place, id: 2_147_483_647 })).toMatchObject({
    error: { code: 'not_kept' },
  });
  expect(await giveBackListing(who, registration, place)).toEqual({ ok: true, value: undefined });
  expect(await giveBackListing(who, registration, place)).toMatchObject({ error: { code: 'not_kept' } });
  expect(await ownerOf(context, place)).toBeUndefined();
  expect((await context.db.selectFrom('place').select('state').executeTakeFirstOrThrow()).state).toBe('open');

  // Two who are responsible close at the same moment: one does, neither waits for the other for ever.
  const twin = await as('jumelle@exemple.fr');
  await setMember(context, registration, twin.actor.account, 'owner');
  const both = [who, await again(twin)].map((owner) => closeRegistration(owner, registration));
  expect((await Promise.all(both)).filter(({ ok }) => ok)).toHaveLength(1);
  expect(await closeRegistration(who, registration)).toMatchObject({ error: { code: 'not_allowed' } });
  const left = await context.db
    .selectFrom('membership')
    .select('account')
    .where('organisation', '=', registration)
    .execute();
  expect(left).toEqual([]);
  const row = await context.db
    .selectFrom('registration')
    .selectAll()
    .where('id', '=', registration)
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ status: 'closed', draft: {}, published: null });
  expect(posted(context)).toContain('editrice@exemple.fr: Une inscription est fermée');
  expect((await verifyJournal(context.db)).troubles).toEqual([]);
});

it('what who keeps a page says of it stays when the import comes again', async () => {
  const { context, as, place } = await houseWithNursery();
  const { who } = await claims(await as('lea@creche-exemple.fr'), 'email');
  const typed = form({
    ...{ name: 'Crèche Exemple', phone: '02 99 11 11 11', website: 'https://www.creche-exemple.fr' },
    ...{ line: '1 rue de l’Exemple', postcode: '35000' },
  });
  const corrected = { entity: 'place', slug: 'creche-exemple' } as const;
  expect(await proposeCorrection(who, corrected, typed)).toEqual({ ok: true, value: { published: true } });
  // And of the services that are given there.
  const service = form({ name: 'Accueil du jeune enfant', costs: 'quotient-familial', 'words-2': '' });
  const given = { entity: 'service', slug: 'accueil-du-jeune-enfant' } as const;
  expect(await proposeCorrection(who, given, service)).toEqual({ ok: true, value: { published: true } });
  const stranger = await as('voisine@exemple.fr');
  expect(await proposeCorrection(stranger, given, form({ costs: 'gratuit' }, service))).toEqual({
    ...{ ok: true, value: { published: false } },
  });
  const [offer] = await context.db.selectFrom('offer').select('shown').execute();
  expect(JSON.parse(offer?.shown ?? '{}')).toMatchObject({ costs: ['quotient-familial'], phone: '02 99 11 11 11' });
  await saveRecords(context, { source: 'essai', on: '2026-06-12' }, [nursery('02 99 22 22 22')]);
  const row = await context.db.selectFrom('place').select(['phone', 'provenance']).where('id', '=', place.id).execute();
  expect(row[0]).toMatchObject({ phone: '02 99 11 11 11', provenance: { phone: { source: PERSON } } });
});

it('who registered a place and keeps its imported page joins the two at once; with one of the two, a moderator is asked', async () => {
  const { context, as } = await houseWithNursery();
  const lea = await as('lea@creche-exemple.fr');
  const registration = await register(lea);
  const mine = await again(lea);
  const slugs = { kept: 'cabinet-camille-exemple', gone: 'creche-exemple' };
  expect(await proposeMerge(mine, slugs)).toMatchObject({ value: { published: false } });
  const { who } = await claims(mine, 'email', { registration });
  expect((await toldPlaces(who, registration)).map(({ slug }) => slug)).toEqual(['cabinet-camille-exemple']);
  expect((await keptListings(who, registration)).map(({ slug }) => slug)).toEqual(['creche-exemple']);
  expect(await proposeMerge(who, slugs)).toMatchObject({ value: { published: true } });
  const open = await context.db.selectFrom('place').select(['slug', 'website']).where('state', '=', 'open').execute();
  expect(open).toEqual([{ slug: 'cabinet-camille-exemple', website: 'https://www.creche-exemple.fr' }]);
  expect(await keptListings(who, registration)).toEqual([]);
});
