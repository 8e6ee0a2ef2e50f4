import { error } from '@sveltejs/kit';
import { sessionView } from '#modules/calls/server/index.ts';
import { openSelection, whereIs } from '../../../open-selection.ts';
import { itemWords } from '../../words.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await sessionView(place.context, params.id, params.seance) : undefined;
  if (!view) error(404, 'Cette séance n’existe pas, ou n’est pas pour vous.');
  const now = view.items.find(({ item }) => item.status === 'open');
  const next = view.items.find(({ item }) => item.status === 'waiting');
  // A screen that everybody sees, who is recused too: numbers and regions, nothing else of a file.
  return {
    ...whereIs(params.id, 'Écran de la salle', [
      { href: `/appels/espace/${params.id}/seances`, label: 'Séances' },
      { href: `/appels/espace/${params.id}/seances/${params.seance}`, label: 'La séance' },
    ]),
    now: now && { number: now.number, region: now.region, out: now.hidden },
    next: next && {
      ...{ number: next.number, region: next.region },
      leaving: next.out.map((id) => view.sitting.find((one) => one.id === id)?.name || 'Un membre du jury'),
    },
    items: view.items.map(({ item, number, region }) => ({
      id: item.application,
      number,
      region,
      said: itemWords[item.status],
    })),
  };
};
