import { redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { tours } from '#messages/fr/tours.ts';
import { confirmFollow, readFollow, stopFollowing } from '#modules/tours/server/index.ts';
import { unsent } from '#platform/unsent.ts';

const words = tours.follow;

/** What somebody asked to be told of, from the link of a message. Reading changes nothing: programs that read mails open links. */
export const load = async ({ params, locals, url, setHeaders }) => {
  // The address is worth the mailbox: nobody keeps it, and no other site learns it (see `securityHeaders`).
  setHeaders({ 'cache-control': 'private, no-store' });
  const follow = await readFollow(locals.context, params.secret);
  const [tour, label, commune] = [follow?.tourName ?? '', follow?.label ?? '', follow?.commune ?? ''];
  const what = !follow
    ? undefined
    : follow.label
      ? fill(words.whatStop, { tour, label })
      : fill(tour ? words.whatNear : words.whatAny, tour ? { tour, commune } : { commune });
  return unsent({
    ...{ words, back: tours.vehicle.back, confirmed: follow?.confirmed ?? false },
    what: what && fill(follow?.confirmed ? words.confirmed : words.toConfirm, { what }),
    stopped: url.searchParams.has('arrete'),
    said: url.searchParams.has('confirme'),
  });
};

export const actions = {
  confirmer: async ({ params, locals }) => {
    await confirmFollow(locals.context, params.secret);
    redirect(303, `/bus/suivi/${params.secret}?confirme`);
  },
  arreter: async ({ params, locals }) => {
    await stopFollowing(locals.context, params.secret);
    redirect(303, `/bus/suivi/${params.secret}?arrete`);
  },
};
