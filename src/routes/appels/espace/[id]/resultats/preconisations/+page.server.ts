import { error } from '@sveltejs/kit';
import { followUp, followWords, recommend, recommendationsOf, resultsView } from '#modules/calls/server/index.ts';
import { act, goTo, type Sent } from '../../../act.ts';
import { openSelection, whereIs } from '../../open-selection.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await resultsView(place.context, params.id, place.call) : undefined;
  if (!place.open || !view?.open) error(404, 'Déclarez d’abord vos intérêts pour cet appel.');
  const { context, access, dayOf } = place;
  const { lines } = view;
  const all = await recommendationsOf(
    context,
    params.id,
    lines.map(({ id }) => id),
  );
  const nameOf = (id: string | null): string => {
    const line = lines.find((one) => one.id === id);
    return line ? `n° ${line.number}, ${line.title}` : 'Pour tous les projets';
  };
  return {
    ...whereIs(params.id, 'Préconisations', [{ href: `/appels/espace/${params.id}/resultats`, label: 'Résultats' }]),
    ...{ done: url.searchParams.get('fait'), writes: access.role !== 'expert' },
    projects: lines.map(({ id }) => ({ value: id, label: nameOf(id) })),
    statuses: Object.entries(followWords).map(([value, label]) => ({ value, label })),
    all: all.map(({ id, application, text, author_name, written_at, status, steps }) => ({
      ...{ id, about: nameOf(application), text, author: author_name, on: dayOf(written_at), status },
      said: followWords[status],
      steps: steps.map((step) => ({
        ...{ on: dayOf(step.noted_at), said: followWords[step.status], words: step.words },
      })),
    })),
  };
};

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/${params.id}/resultats/preconisations?fait=${done}`;

export const actions = {
  preconiser: act('preconiser', async (sent) => {
    const said = { application: sent.text('application') || undefined, text: sent.text('text') };
    return goTo(await recommend(sent.context, sent.params.id ?? '', said), here(sent, 'preconiser'));
  }),
  suivre: act('suivre', async (sent) => {
    const noted = { id: sent.text('recommendation'), status: sent.text('status'), words: sent.text('words') };
    return goTo(await followUp(sent.context, sent.params.id ?? '', noted), here(sent, 'suivre'));
  }),
};
