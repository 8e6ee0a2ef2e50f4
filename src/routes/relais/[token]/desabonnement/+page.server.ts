import { error } from '@sveltejs/kit';
import { chooseFromLink, readDelivery } from '#modules/networks/server/index.ts';
import { unsent } from '#platform/unsent.ts';

/**
 * Stops all messages of the relay, without signing in: by the button of this page, or by the one POST of the mail programme
 * (RFC 8058). Opening the page alone changes nothing, because programs that read mails open links.
 */
export const load = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const delivery = await readDelivery(locals.context, params.token);
  if (!delivery) error(404, 'Ce lien ne mène plus à rien : le message est trop ancien, ou le compte a été effacé.');
  return unsent({ stopped: delivery.refuses });
};

export const actions = {
  default: async ({ locals, params }) => {
    const chosen = await chooseFromLink(locals.context, params.token, 'arreter');
    // No redirection: mail programmes follow none (RFC 8058, 3.1). Sending the form again changes nothing.
    if (!chosen.ok) error(404, chosen.error.message);
  },
};
