import { error } from '@sveltejs/kit';
import { minutesView, signMinutes } from '#modules/calls/server/index.ts';
import { act, goTo } from '../../../../act.ts';
import { openSelection, whereIs } from '../../../open-selection.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await minutesView(place.context, params.id, params.seance, place.momentOf) : undefined;
  if (!view) error(404, 'Cette séance n’existe pas, ou n’est pas pour vous.');
  return {
    ...whereIs(params.id, 'Procès-verbal', [
      { href: `/appels/espace/${params.id}/seances`, label: 'Séances' },
      { href: `/appels/espace/${params.id}/seances/${params.seance}`, label: 'La séance' },
    ]),
    ...{ seance: params.seance, title: view.minutes.title, parts: view.minutes.parts, signed: view.signed },
    ...{ hash: view.hash, whole: view.whole, done: url.searchParams.get('fait') },
    signs: view.session.status === 'closed' && view.whole && (view.role === 'manager' || view.role === 'president'),
  };
};

export const actions = {
  signer: act('signer', async ({ context, params, text }) =>
    goTo(
      await signMinutes(context, params.seance ?? '', text('hash')),
      `/appels/espace/${params.id}/seances/${params.seance}/proces-verbal?fait=signer`,
    ),
  ),
};
