import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { campaignView, type Outcome, outcomes, stopCampaign } from '#modules/professionals/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { pageAsked } from '#platform/page-asked.ts';
import type { Scope } from '#platform/permissions.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { territoryName } from '../../../../mon-compte/territory-name.ts';
import { campaignWords, chosenWords, outcomeWords } from '../words.ts';

const paths = (id: string, outcome: Outcome | undefined, page?: number): string => {
  const query = new URLSearchParams({ ...(outcome ? { etat: outcome } : {}), ...(page ? { page: String(page) } : {}) });
  return `/professionnels/espace/campagnes/${id}${query.size > 0 ? `?${query}` : ''}`;
};

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const outcome = outcomes.find((one) => one === url.searchParams.get('etat'));
  const page = pageAsked(url);
  const view = await campaignView(context, params.id, { outcome, page });
  if (!view) error(404, 'Cette campagne n’existe pas, ou n’est pas de votre territoire.');
  const { campaign, counts, listings, pages } = view;
  const day = (at: Temporal.Instant): string => formatDay('fr', dayAt(at, 'Europe/Paris').toString());
  return {
    here: 'Une campagne',
    name: [territoryName(context, campaign.scope as Scope), ...chosenWords(campaign.kind, campaign.priority)].join(
      ' · ',
    ),
    state: `${campaignWords[campaign.status]}. Lancée le ${day(campaign.started_at)}.`,
    running: campaign.status === 'running',
    ...{ page, pages },
    base: paths(params.id, outcome),
    counts: outcomes
      .filter((one) => counts[one] > 0)
      .map((one) => ({
        label: outcomeWords[one],
        count: counts[one],
        href: paths(params.id, one),
        current: one === outcome,
      })),
    allHref: outcome ? paths(params.id, undefined) : undefined,
    listings: listings.map(({ id, name, page: address, outcome: became }) => ({
      ...{ id, page: address ?? undefined, name: name ?? 'Sans nom', outcome: outcomeWords[became] },
    })),
  };
};

export const actions = {
  arreter: async ({ params, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const stopped = await stopCampaign(context, params.id);
    if (!stopped.ok) {
      return fail(stopped.error.code === 'not_allowed' ? 403 : 409, { message: stopped.error.message });
    }
    redirect(303, paths(params.id, undefined));
  },
};
