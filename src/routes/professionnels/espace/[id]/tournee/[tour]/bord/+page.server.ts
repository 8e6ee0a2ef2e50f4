import { error, fail, redirect } from '@sveltejs/kit';
import { typedValues } from '#modules/agenda/index.ts';
import { changeVehicle, endVehicle, saveOnBoard } from '#modules/tours/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import type { Refusal } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { boardOptions } from '../../board-options.ts';
import { byField, ownTour } from '../../own-tour.ts';

export const load = async (event) => {
  const { view, path } = await ownTour(event);
  return {
    ...{ here: 'À bord', path, name: view.name, own: view.own, mayRun: view.mayRun, fields: view.fields },
    onBoard: view.onBoard.map(({ id, name, slug }) => ({ id: String(id), name, href: `/services/${slug}` })),
    options: boardOptions(),
  };
};

export const actions = {
  vehicule: async (event) => {
    const { context, key, path } = await ownTour(event);
    const form = await readForm(event.request);
    if (!form) error(400);
    const saved = await changeVehicle(context, key, form);
    if (!saved.ok) return fail(400, { vehicle: typedValues(form), ...byField(saved.error) });
    redirect(303, `${path}?garde`);
  },
  service: async (event) => {
    const { context, key, path } = await ownTour(event);
    const form = await readForm(event.request);
    if (!form) error(400);
    const saved = await saveOnBoard(context, key, readRowId(String(form.get('id') ?? '')), form);
    if (!saved.ok) return fail(400, { service: typedValues(form), ...byField(saved.error) });
    redirect(303, `${path}?garde`);
  },
  arreter: async (event) => {
    const { context, key } = await ownTour(event);
    const form = await readForm(event.request);
    if (!form?.has('sur')) return fail(400, { ...byField([notSure]) });
    const ended = await endVehicle(context, key);
    if (!ended.ok) return fail(409, { ...byField(ended.error) });
    redirect(303, `/professionnels/espace/${event.params.id}/tournee?arrete`);
  },
};

const notSure: Refusal = {
  code: 'not_sure',
  field: 'sur',
  message: 'Cochez la case, puis confirmez : rien n’a été changé.',
};
