import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { ownHouse, roomsFor } from '#modules/houses/server/index.ts';
import { priorityTitle } from '#modules/priorities/server/index.ts';
import { differencesOf, nameOfDraft, summaryOf } from '#modules/professionals/index.ts';
import {
  commandOwnAttestation,
  keptListings,
  labelView,
  proposeMerge,
  readRegistration,
  toldPlaces,
} from '#modules/professionals/server/index.ts';
import { can } from '#platform/permissions.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { registrationWords } from '../../words.ts';

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const registration = await readRegistration(context, params.id);
  if (!registration) error(404, 'Cette inscription n’existe pas, ou vous n’en faites pas partie.');
  const { draft, published, status, attestation, mayEdit } = registration;
  const label = attestation && (await labelView(context, attestation.token));
  const name = nameOfDraft(draft) || 'Inscription sans nom';
  const told = await toldPlaces(context, params.id);
  return {
    ...{ here: name, id: params.id, name, mayEdit, state: registrationWords[status] },
    // A partner of a Maison has its rooms; who only works at its counter has its pages.
    lent: (await roomsFor(context, params.id)).some(({ own }) => !own),
    welcomes: (await ownHouse(context, params.id, 'welcome')) !== undefined,
    manages: can(context.actor, 'organisation.members', { organisation: params.id }),
    said: url.searchParams.has('renouvelee')
      ? 'renewed'
      : url.searchParams.has('en-ligne')
        ? 'online'
        : url.searchParams.has('envoyee')
          ? 'sent'
          : url.searchParams.has('reunies')
            ? 'joined'
            : undefined,
    // Changes that were kept and not sent, or sent and not read yet.
    pending: published ? differencesOf(summaryOf(published, priorityTitle), summaryOf(draft, priorityTitle)) : [],
    listings: (await keptListings(context, params.id)).map(({ entity, slug, insee, name: listing }) => ({
      name: listing,
      page: `/${entity === 'place' ? 'lieux' : 'services'}/${slug}`,
      correction: `/professionnels/espace/corriger?${entity === 'place' ? 'lieu' : 'service'}=${slug}`,
      // One place told twice, by an import and by this registration: the team may join the two.
      twin: entity === 'place' ? told.find((place) => place.insee === insee)?.slug : undefined,
      slug,
    })),
    site: url.origin,
    label: label && {
      ...{ token: label.token, status: label.status, title: label.title, text: label.text, page: label.holder?.page },
      until: label.until ? formatDay('fr', label.until) : undefined,
      reason: attestation.reason,
    },
  };
};

const command =
  (order: 'renew' | 'giveUp') =>
  async ({ params, locals, url }: { params: { id: string }; locals: App.Locals; url: URL }) => {
    const context = requirePerson(locals.context, url);
    if (!(await readRegistration(context, params.id))) error(404, 'Cette inscription n’existe pas.');
    const done = await commandOwnAttestation(context, params.id, order);
    if (!done.ok) return fail(409, { message: done.error.message });
    redirect(303, `/professionnels/espace/${params.id}${order === 'renew' ? '?renouvelee' : ''}`);
  };

/** Joins a page that the team keeps to the one of its registration, which stays. */
const join = async ({
  params,
  request,
  locals,
  url,
}: {
  params: { id: string };
  request: Request;
  locals: App.Locals;
  url: URL;
}) => {
  const context = requirePerson(locals.context, url);
  const form = await readForm(request);
  const [kept, gone] = [String(form?.get('kept') ?? ''), String(form?.get('gone') ?? '')];
  const joined = await proposeMerge(context, { kept, gone });
  if (!joined.ok) return fail(409, { message: joined.error.message });
  redirect(303, `/professionnels/espace/${params.id}?reunies`);
};

/** The holder confirms for another year, or gives the attestation back; or joins two pages of one place. */
export const actions = { renouveler: command('renew'), rendre: command('giveUp'), reunir: join };
