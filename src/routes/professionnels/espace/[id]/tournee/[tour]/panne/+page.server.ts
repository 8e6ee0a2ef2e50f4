import { error, fail, redirect } from '@sveltejs/kit';
import { breakDown, REASON_SIGNS } from '#modules/tours/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { ownTour } from '../../own-tour.ts';

export const load = async (event) => {
  const { view, path } = await ownTour(event);
  if (!view.mayRun) error(403, 'Seules les personnes qui écrivent pour votre équipe peuvent annuler.');
  return {
    ...{ here: 'Aujourd’hui', path, name: view.name, signs: REASON_SIGNS, followers: view.followersToday },
    visits: view.visits.filter(({ isToday, state }) => isToday && state === 'planned'),
  };
};

export const actions = {
  default: async (event) => {
    const { context, key, path } = await ownTour(event);
    const form = await readForm(event.request);
    if (!form) error(400);
    const done = await breakDown(context, key, String(form.get('mot') ?? ''));
    if (!done.ok) return fail(409, { message: done.error.message });
    redirect(303, `${path}?annule`);
  },
};
