import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { outcomes, phoneWords, slotWords } from '#modules/callback/index.ts';
import {
  answersCallbacks,
  appoints,
  closeRequest,
  releaseRequest,
  takeRequest,
  teamRequests,
} from '#modules/callback/server/index.ts';
import type { Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const appointing = appoints(context).length > 0;
  if (!appointing && !(await answersCallbacks(context))) {
    error(403, 'Cette page est pour les équipes qui rappellent les parents.');
  }
  const requests = await teamRequests(context);
  return {
    here: 'Rappels',
    appointing,
    outcomes,
    done: url.searchParams.get('fait'),
    requests: requests.map((request) => ({
      ...{ id: request.id, team: request.team, status: request.status, mine: request.mine, late: request.late },
      ...{ presentation: request.presentation, noMessage: request.noMessage, takenBy: request.takenBy },
      slot: slotWords(request.slot, request.today),
      on: formatDay('fr', request.on.toString()),
      phone: request.phone && { href: `tel:${request.phone}`, words: phoneWords(request.phone) },
      outcome: outcomes.find(({ value }) => value === request.outcome)?.label,
    })),
  };
};

/** One act on one request, then the list again. */
const act =
  (done: string, work: (context: PersonContext, id: string, form: FormData) => Promise<Result<void>>) =>
  async ({ request, locals, url }: { request: Request; locals: App.Locals; url: URL }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const id = form.get('id');
    const acted = await work(context, typeof id === 'string' ? id : '', form);
    if (!acted.ok) return fail(acted.error.code === 'not_allowed' ? 403 : 409, { message: acted.error.message });
    redirect(303, `/professionnels/espace/rappels?fait=${done}`);
  };

export const actions = {
  prendre: act('pris', takeRequest),
  rendre: act('rendu', releaseRequest),
  clore: act('clos', (context, id, form) => closeRequest(context, id, String(form.get('outcome') ?? ''))),
};
