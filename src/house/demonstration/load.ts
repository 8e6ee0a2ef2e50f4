import { reportError } from '#modules/directory/server/index.ts';
import { untouchedForm } from '#modules/professionals/index.ts';
import {
  commandAttestationOf,
  correctableListing,
  decideOnCase,
  openReports,
  proposeCorrection,
  proposeMerge,
  setReview,
  settleReport,
} from '#modules/professionals/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { openDemonstration, readEntrances } from '#platform/server/demonstration/entrances.ts';
import { giveGrant, nameAdministrator } from '#platform/server/identity/grants.ts';
import { answerInvitation, invite, listInvitations } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type Acting, must, withActors } from './actors.ts';
import { bringCalls } from './calls.ts';
import { type ListingCode, listings } from './listings.ts';
import { bringTogether } from './neighbourhood.ts';
import { emailOf, entrances, type PersonCode, people, type Someone } from './people.ts';
import { caseOf, register, SITE, slugOf } from './register.ts';

type Registered = Readonly<Record<ListingCode, string>>;

/**
 * Fills an empty base with a demonstration, whole or not at all, by what people do on the site: fictional people take
 * their roles, register, propose, report and decide. Done once: a base that holds it already is left as it is. Refuses a
 * base where anybody has an account.
 */
export const loadDemonstration = (context: Context): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    if ((await readEntrances(inside.db)).length > 0) return ok(undefined);
    if (await inside.db.selectFrom('account').select('id').limit(1).executeTakeFirst()) return refuse(realPeople);
    await openDemonstration(inside, entrances);
    await withActors(inside, async (as) => {
      await giveRoles(inside, as);
      const island = { territory: 'departement:974', review: 'before', reason: 'Nous préférons lire d’abord.' };
      must(await setReview(await as('pmi-reunion'), island));
      const registered = await registerAll(as);
      await gatherTeam(as, registered.maison);
      await superviseAttestations(as, registered);
      await fillQueues(inside, as, registered);
      await bringTogether(inside, as, registered);
      await bringCalls(inside, as);
    });
    return ok(undefined);
  });

const giveRoles = async (context: Context, as: Acting): Promise<void> => {
  must(await nameAdministrator(context, emailOf('ministere')));
  const national = await as('ministere');
  const covers = coversIn(context.indexes.get(territoryIndex));
  for (const { code, grant } of people as readonly (Someone & { readonly code: PersonCode })[]) {
    if (!grant) continue;
    must(await giveGrant(national, { ...grant, email: emailOf(code), origin: undefined }, covers));
    // They sign in once: the name that they show is known from then on.
    await as(code);
  }
};

/** The oldest first, as it would have been. */
const registerAll = async (as: Acting): Promise<Registered> => {
  const inOrder = Object.entries(listings).sort(([, a], [, b]) => b.monthsAgo - a.monthsAgo);
  const registered: Record<string, string> = {};
  for (const [code, listing] of inOrder) registered[code] = await register(as, listing);
  return registered as Registered;
};

const gatherTeam = async (as: Acting, organisation: string): Promise<void> => {
  const owner = await as('responsable');
  const organisationName = listings.maison.forms.structure.name;
  const asked = { organisation, organisationName, origin: undefined };
  for (const [code, role] of [
    ['redaction', 'editor'],
    ['lecture', 'reader'],
  ] as const) {
    must(await invite(owner, { ...asked, email: emailOf(code), role }));
    const invited = await as(code);
    for (const { id } of await listInvitations(invited)) must(await answerInvitation(invited, id, true));
  }
  must(await invite(owner, { ...asked, email: 'quelqu-un@demonstration.example', role: 'editor' }));
};

const superviseAttestations = async (as: Acting, { mediatheque, creche }: Registered): Promise<void> => {
  const national = await as('ministere');
  must(
    await commandAttestationOf(
      national,
      mediatheque,
      'dispute',
      'Deux familles nous disent que l’heure des histoires n’a plus lieu. Pouvez-vous nous répondre ?',
    ),
  );
  must(
    await commandAttestationOf(
      national,
      creche,
      'withdraw',
      'La crèche a fermé ses places occasionnelles. Inscrivez-la de nouveau quand elles rouvriront.',
    ),
  );
};

/** What waits for the moderators, and what they have decided. */
const fillQueues = async (context: Context, as: Acting, registered: Registered): Promise<void> => {
  const [pmi, reunion] = [await as('pmi'), await as('pmi-reunion')];
  await decide(pmi, listings.sageFemme.forms.vous.name, 'accept', '');
  await decide(
    pmi,
    listings.boutique.forms.structure.name,
    'refuse',
    'Vendre n’est pas accompagner : dites-nous ce que vous faites avec les parents, et nous relirons.',
  );
  await decide(reunion, listings.groupe.forms.structure.name, 'accept', '');
  await decide(
    reunion,
    listings.refusee.forms.vous.name,
    'refuse',
    'Nous ne voyons pas le lien avec les priorités des 1000 premiers jours.',
  );
  const page = {
    maison: await slugOf(await as('responsable'), registered.maison),
    doublon: await slugOf(await as('loin'), registered.doublon),
    mediatheque: await slugOf(await as('loin'), registered.mediatheque),
    groupe: await slugOf(await as('ile'), registered.groupe),
  };
  await correct(await as('sage-femme'), page.maison, { phone: '02 61 91 00 05' }, 'Le numéro a changé lundi.');
  await correct(await as('sage-femme'), page.mediatheque, { hours_note: 'Fermée en août' }, 'Vu sur la porte.');
  must(await proposeMerge(await as('sage-femme'), { kept: page.maison, gone: page.doublon }));
  const report = async (slug: string, message: string): Promise<void> => {
    must(await reportError(context, { subject: 'place', slug, message, reply: '' }));
  };
  await report(page.groupe, 'Le cercle du samedi commence à 10 heures maintenant.');
  await settle(reunion);
  await report(page.maison, 'J’ai appelé trois fois, personne ne répond le matin.');
  await report(page.maison, 'La porte est lourde avec une poussette double.');
};

const decide = async (
  moderator: PersonContext,
  name: string,
  command: 'accept' | 'refuse',
  reason: string,
): Promise<void> => {
  must(await decideOnCase(moderator, await caseOf(moderator, name), { command, reason }, SITE));
};

const correct = async (
  person: PersonContext,
  slug: string,
  change: { readonly phone?: string; readonly hours_note?: string },
  words: string,
): Promise<void> => {
  const place = await correctableListing(person, 'place', slug);
  if (!place) throw new Error(`${slug} cannot be corrected`);
  const form = untouchedForm('place', place.fields);
  for (const [name, value] of Object.entries({ ...change, words })) form.set(name, value);
  must(await proposeCorrection(person, { entity: 'place', slug }, form));
};

const settle = async (moderator: PersonContext): Promise<void> => {
  for (const { id } of await openReports(moderator)) must(await settleReport(moderator, id));
};

const realPeople: Refusal = {
  code: 'real_people',
  message: 'Cette base contient déjà des comptes : la démonstration ne s’y charge pas.',
};
