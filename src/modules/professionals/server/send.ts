import { territoryIndex } from '#modules/territory/server/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { inTransaction } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { draftSchema } from '../draft.ts';
import { allTroubles } from '../steps.ts';
import { askForAttestation, livingAttestation } from './attestations.ts';
import { commandCase, newCase } from './cases.ts';
import { locate, reviewOf } from './located.ts';
import { isTrusted } from './policy.ts';
import { publishListing } from './publish.ts';
import { noSuchRegistration } from './registrations.ts';

/**
 * Sends a registration, or a new version of it: everything in one transaction, so that a process killed at any point
 * leaves either the draft as it was or the whole. Where the territory reads afterwards, and for trusted editors, it is
 * published at once and the attestation given; elsewhere both wait for the moderators. Sending again what is already
 * published changes nothing. `site`: origin of the addresses in the message, `https://mille-jours.example`, when the site
 * knows its own.
 */
export const sendRegistration = (
  context: PersonContext,
  id: string,
  site: string | undefined,
): Promise<Result<{ readonly published: boolean }, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, indexes } = inside;
    const allowed = await authorise(inside, 'listing.edit', { organisation: id });
    if (!allowed.ok) return refuse([allowed.error]);
    const row = await db.selectFrom('registration').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!row || row.status === 'closed') return refuse([noSuchRegistration]);
    const draft = draftSchema.parse(row.draft);
    const troubles = allTroubles(draft);
    if (troubles.length > 0) return refuse(troubles.map(({ refusal }) => refusal));
    const territories = indexes.get(territoryIndex);
    const where = locate(territories, draft.places[0]?.insee ?? '');
    if (!where) return refuse([unknownCommune]);
    const proposed = JSON.stringify(draft);
    if (row.status === 'published' && JSON.stringify(draftSchema.parse(row.published)) === proposed) {
      return ok({ published: true });
    }

    const trusted =
      (await reviewOf(db, territories, where.insee)) === 'after' ||
      (await isTrusted(db, territories, context.actor.account, where.insee));
    const role = trusted ? 'trusted' : 'author';
    for (const open of await openCases(db, id)) {
      const superseded = await commandCase(inside, open, { command: 'supersede', role, kind: 'registration' });
      if (!superseded.ok) return refuse([superseded.error]);
    }
    const opened = await newCase(inside, {
      ...{ kind: 'registration', registration: id, entity: null, entity_id: null, words: null },
      ...{ proposed, before: JSON.stringify(row.published ?? {}) },
      ...where,
    });
    const command = trusted ? 'publish' : 'propose';
    const written = await commandCase(inside, opened, { command, role, kind: 'registration' });
    if (!written.ok) return refuse([written.error]);
    await db
      .updateTable('registration')
      .set({
        ...where,
        sent_at: clock.now(),
        ...(trusted ? { status: 'published', published: proposed } : row.published ? {} : { status: 'waiting' }),
      })
      .where('id', '=', id)
      .execute();
    if (trusted) await publishListing(inside, id, draft);
    const asked = await askForAttestation(inside, id, { give: trusted });
    if (!asked.ok) return refuse([asked.error]);
    const attestation = await livingAttestation(inside, id);
    await inside.mail.post({
      to: context.actor.email,
      subject: trusted ? 'Votre inscription est en ligne' : 'Votre inscription est envoyée',
      text: letter(
        trusted,
        site === undefined
          ? undefined
          : { space: `${site}/professionnels/espace/${id}`, label: `${site}/label/${attestation?.token ?? ''}` },
      ),
    });
    return ok({ published: trusted });
  });

const openCases = async (db: Database, registration: string): Promise<string[]> =>
  (
    await db
      .selectFrom('moderation_case')
      .select('id')
      .where('registration', '=', registration)
      .where('kind', '=', 'registration')
      .where('status', 'in', ['waiting', 'published'])
      .execute()
  ).map(({ id }) => id);

/** `at`: where things are, when the site knows its own address; else they are told to open it. */
const letter = (published: boolean, at: { readonly space: string; readonly label: string } | undefined): string =>
  (published
    ? [
        'Bonjour,',
        '',
        'Votre inscription parmi les professionnels des 1000 premiers jours est en ligne. Les parents la trouvent dès maintenant près de chez eux.',
        '',
        ...(at
          ? [`Votre attestation, à montrer : ${at.label}`, `La modifier, prendre le badge et l’affiche : ${at.space}`]
          : ['Votre attestation, le badge et l’affiche sont dans votre espace : ouvrez le site et connectez-vous.']),
        '',
        'Les personnes chargées de votre territoire la reliront. Elles vous écriront si un point est à préciser.',
      ]
    : [
        'Bonjour,',
        '',
        'Votre inscription est bien arrivée. Sur votre territoire, elle est relue avant de paraître : vous recevrez un message.',
        '',
        at
          ? `La relire ou la modifier : ${at.space}`
          : 'Pour la relire ou la modifier, ouvrez le site et connectez-vous.',
      ]
  ).join('\n');

const unknownCommune: Refusal = {
  code: 'unknown_commune',
  field: 'places-0-commune',
  message: 'Cette commune n’existe plus sous ce code : choisissez-la de nouveau.',
};
