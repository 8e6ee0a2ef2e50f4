import { error } from '@sveltejs/kit';
import { moveSession } from '#modules/calls/server/index.ts';
import { act, goTo } from '../../../../act.ts';
import { openSelection, whereIs } from '../../../open-selection.ts';
import { minutesPlace } from '../minutes-place.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await minutesPlace(place.context, params.id, params.seance, place.momentOf) : undefined;
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
      await moveSession(context, params.seance ?? '', { command: 'signMinutes', sha256: text('hash') }),
      `/appels/espace/${params.id}/seances/${params.seance}/proces-verbal?fait=signer`,
    ),
  ),
};
