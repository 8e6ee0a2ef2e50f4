import { fail, redirect } from '@sveltejs/kit';
import { restoreVisit } from '#modules/tours/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { readForm } from '#platform/server/http/form.ts';
import { ownTour } from '../own-tour.ts';

const sentences = {
  garde: 'C’est enregistré. Les parents le voient dès maintenant.',
  retire:
    'L’arrêt est retiré. Les personnes qui le suivaient sont prévenues, avec ce qui passe le plus près ; ce que l’agenda y tenait est annulé.',
  annule: 'C’est annulé. La page et l’annuaire le disent, et les personnes qui l’ont demandé sont prévenues.',
  deplace: 'C’est déplacé. La page et l’annuaire le disent, et les personnes qui l’ont demandé sont prévenues.',
  maintenu: 'C’est maintenu : les personnes prévenues de l’annulation le sont aussi.',
} as const;

export const load = async (event) => {
  const { view, path } = await ownTour(event);
  const said = (Object.keys(sentences) as (keyof typeof sentences)[]).find((name) => event.url.searchParams.has(name));
  const { stops, visits } = view;
  return {
    ...{
      here: view.name,
      path,
      view: { name: view.name, page: view.page, mayRun: view.mayRun, leftToday: view.leftToday },
    },
    said: said && sentences[said],
    visits,
    stops: stops
      // A visit that was moved is a row of its own, told among the visits.
      .filter(
        ({ rrule, besides, id }) => rrule !== null || besides.length > 0 || visits.some(({ stop }) => stop === id),
      )
      .map(({ id, where }) => ({ href: `${path}/arret/${id}`, title: where })),
  };
};

export const actions = {
  maintenir: async (event) => {
    const { context, key, path } = await ownTour(event);
    const form = await readForm(event.request);
    const stop = readRowId(String(form?.get('arret') ?? '')) ?? 0;
    const done = await restoreVisit(context, key, { stop, day: String(form?.get('jour') ?? '') });
    if (!done.ok) return fail(409, { message: done.error.message });
    redirect(303, `${path}?maintenu`);
  },
};
