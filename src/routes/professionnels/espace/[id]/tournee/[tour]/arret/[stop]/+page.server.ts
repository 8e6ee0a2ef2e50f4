import { error, fail, redirect } from '@sveltejs/kit';
import { typedValues } from '#modules/agenda/index.ts';
import { closeStop, saveStop, stopValues } from '#modules/tours/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { readForm } from '#platform/server/http/form.ts';
import { addressBase, byField, ownTour } from '../../../own-tour.ts';

export const load = async (event) => {
  const { context, view, path } = await ownTour(event);
  const stop = view.stops.find(({ id }) => id === readRowId(event.params.stop));
  if (!stop && event.params.stop !== 'nouveau') error(404, 'Cet arrêt n’est pas, ou plus, dans la tournée.');
  if (!view.mayRun) error(403, 'Seules les personnes qui écrivent pour votre équipe changent les arrêts.');
  return {
    ...{ here: stop ? 'Arrêt' : 'Nouvel arrêt', path, name: view.name, isNew: !stop },
    values: stop ? stopValues(context, stop) : { one: {}, many: {} },
  };
};

export const actions = {
  garder: async (event) => {
    const { context, key, path } = await ownTour(event);
    const form = await readForm(event.request);
    if (!form) error(400);
    const saved = await saveStop(context, key, readRowId(event.params.stop), form, addressBase(event.locals));
    if (!saved.ok) return fail(400, { values: typedValues(form), ...byField(saved.error) });
    redirect(303, `${path}?garde`);
  },
  retirer: async (event) => {
    const { context, key, path } = await ownTour(event);
    const closed = await closeStop(context, key, readRowId(event.params.stop) ?? 0);
    if (!closed.ok) return fail(409, { values: undefined, ...byField(closed.error) });
    redirect(303, `${path}?retire`);
  },
};
