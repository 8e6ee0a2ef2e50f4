import { error, fail, redirect } from '@sveltejs/kit';
import { typedValues } from '#modules/agenda/index.ts';
import { createVehicle, ownVehicles } from '#modules/tours/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { boardOptions } from './board-options.ts';
import { byField, ownRegistration } from './own-tour.ts';

export const load = async (event) => {
  const { context, registration } = await ownRegistration(event);
  const { id } = event.params;
  return {
    ...{ here: 'Tournées', id, mayEdit: registration.mayEdit, options: boardOptions() },
    ended: event.url.searchParams.has('arrete'),
    vehicles: (await ownVehicles(context, id)).map(({ id: tour, name }) => ({
      ...{ href: `/professionnels/espace/${id}/tournee/${tour}`, title: name },
    })),
  };
};

export const actions = {
  default: async (event) => {
    const { context } = await ownRegistration(event);
    const form = await readForm(event.request);
    if (!form) error(400);
    const made = await createVehicle(context, event.params.id, form);
    if (!made.ok) return fail(400, { values: typedValues(form), ...byField(made.error) });
    redirect(303, `/professionnels/espace/${event.params.id}/tournee/${made.value.id}?garde`);
  },
};
