import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { kinds } from '#modules/directory/index.ts';
import { allPriorities } from '#modules/priorities/server/index.ts';
import {
  campaignScopes,
  campaignsOf,
  countAsked,
  readCampaignAsked,
  startCampaign,
} from '#modules/professionals/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { territoryName } from '../../../mon-compte/territory-name.ts';
import { campaignWords, chosenWords } from './words.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const scopes = campaignScopes(context);
  if (scopes.length === 0) error(403, 'Cette page est pour les personnes chargées d’un territoire.');
  const typed = readTyped(url.searchParams);
  const asked = readCampaignAsked(typed);
  const covered = asked && scopes.some((scope) => scope === asked.scope);
  const campaigns = await campaignsOf(context);
  return {
    here: 'Faire vérifier les fiches',
    typed,
    scopes: scopes.map((scope) => ({ value: scope, label: territoryName(context, scope) })),
    kinds: kinds.map(({ code, label }) => ({ value: code, label })),
    priorities: allPriorities().map(({ number, title }) => ({ value: String(number), label: `${number}. ${title}` })),
    count: covered ? await countAsked(context, asked) : undefined,
    reachable: locals.publicOrigin !== undefined,
    campaigns: campaigns.map(({ id, scope, kind, priority, status, started_at }) => ({
      id,
      name: [territoryName(context, scope as never), ...chosenWords(kind, priority)].join(' · '),
      on: formatDay('fr', dayAt(started_at, 'Europe/Paris').toString()),
      state: campaignWords[status],
    })),
  };
};

const readTyped = (given: { get(name: string): unknown }) => ({
  scope: String(given.get('territoire') ?? ''),
  kind: String(given.get('type') ?? ''),
  priority: String(given.get('priorite') ?? ''),
});

export const actions = {
  default: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const asked = form && readCampaignAsked(readTyped(form));
    if (!asked) return fail(400, { message: 'Choisissez un territoire.' });
    if (locals.publicOrigin === undefined) {
      return fail(409, { message: 'Le site ne connaît pas son adresse : qui l’exploite doit régler ORIGIN.' });
    }
    const started = await startCampaign(context, asked, locals.publicOrigin);
    if (!started.ok) {
      return fail(started.error.code === 'not_allowed' ? 403 : 409, { message: started.error.message });
    }
    redirect(303, `/professionnels/espace/campagnes/${started.value}`);
  },
};
