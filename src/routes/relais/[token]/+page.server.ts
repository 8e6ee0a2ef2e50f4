import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { relayLimits } from '#modules/networks/index.ts';
import { answer, chooseFromLink, readDelivery, relayChoices } from '#modules/networks/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { readForm } from '#platform/server/http/form.ts';
import { unsent } from '#platform/unsent.ts';
import { tooMany } from '../../connexion/too-many.ts';
import { textOf } from '../../mon-compte/refused.ts';

/** A message, from the link of the mail that carried it. Reading changes nothing: programs that read mails open links. */
export const load = async ({ locals, params, url, setHeaders }) => {
  // The address is worth the mailbox: nobody keeps it, and no other site learns it (see `securityHeaders`).
  setHeaders({ 'cache-control': 'private, no-store' });
  const delivery = await readDelivery(locals.context, params.token);
  if (!delivery) error(404, 'Ce lien ne mène plus à rien : le message est trop ancien, ou le compte a été effacé.');
  const said = url.searchParams.get('fait');
  return unsent({
    ...{ name: delivery.author_name, text: delivery.text, blocked: delivery.blocked, refuses: delivery.refuses },
    on: formatDay('fr', dayAt(delivery.sent_at, 'Europe/Paris').toString()),
    ...{ reported: delivery.reported_at !== null, signs: relayLimits.signs, said, token: params.token },
  });
};

export const actions = {
  repondre: async ({ request, locals, params, getClientAddress }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const text = textOf(form, 'text');
    const limit = await locals.house.limits.form('relay', getClientAddress());
    if (!limit.allowed) return fail(429, { text, refusal: tooMany(limit.retryAfterSeconds) });
    const sent = await answer(locals.context, params.token, text, locals.publicOrigin);
    if (!sent.ok) return fail(400, { text, refusal: sent.error });
    redirect(303, `/relais/${params.token}?fait=reponse`);
  },
  choisir: async ({ request, locals, params }) => {
    const form = await readForm(request);
    const choice = relayChoices.find((known) => known === (form && textOf(form, 'choix')));
    if (!choice) error(400);
    const chosen = await chooseFromLink(locals.context, params.token, choice);
    if (!chosen.ok) return fail(404, { text: '', refusal: chosen.error });
    redirect(303, `/relais/${params.token}?fait=choix`);
  },
};
