import { error, fail, redirect } from '@sveltejs/kit';
import { readDay } from '#modules/agenda/index.ts';
import { readStopPlace, stopLimits } from '#modules/tours/index.ts';
import {
  cancelVisit,
  communeTyped,
  moveVisit,
  pointTyped,
  REASON_SIGNS,
  stopValues,
} from '#modules/tours/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import type { Refusal } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { addressBase, byField, ownTour } from '../../../../own-tour.ts';

export const load = async (event) => {
  const { context, view, path } = await ownTour(event);
  const { stop, day } = event.params;
  const visit = view.visits.find((one) => one.stop === readRowId(stop) && one.on === day && one.state === 'planned');
  if (!visit || !view.mayRun) error(404, 'Ce passage n’est pas, ou plus, dans la tournée.');
  const at = view.stops.find(({ id }) => id === visit.stop);
  const values: Readonly<Record<string, string>> = at ? stopValues(context, at).one : {};
  return { here: visit.day, path, name: view.name, visit, values, signs: REASON_SIGNS, limits: stopLimits };
};

export const actions = {
  annuler: async (event) => {
    const { context, key, path } = await ownTour(event);
    const form = await readForm(event.request);
    if (!form) error(400);
    const visit = { stop: readRowId(event.params.stop) ?? 0, day: event.params.day };
    const done = await cancelVisit(context, key, visit, String(form.get('mot') ?? ''));
    if (!done.ok) return fail(409, byField([done.error]));
    redirect(303, `${path}?annule`);
  },
  deplacer: async (event) => {
    const { context, key, path } = await ownTour(event);
    const form = await readForm(event.request);
    if (!form) error(400);
    const text = (name: string): string => String(form.get(name) ?? '');
    const to = momentTyped(text('day'), text('hour'));
    const typed = {
      ...{ day: text('day'), hour: text('hour'), mot: text('mot') },
      ...{ label: text('label'), line: text('line'), commune: text('commune'), code: text('code') },
    };
    if (!to) return fail(400, { typed, ...byField([badMoment]) });
    const place = readStopPlace(form, communeTyped(context, form));
    if (!place.ok) return fail(400, { typed, ...byField(place.error) });
    const point = await pointTyped(context, place.value, addressBase(event.locals));
    const visit = { stop: readRowId(event.params.stop) ?? 0, day: event.params.day };
    const done = await moveVisit(context, key, visit, { to, place: { ...place.value, ...point }, reason: typed.mot });
    if (!done.ok) return fail(409, { typed, ...byField([done.error]) });
    redirect(303, `${path}?deplace`);
  },
};

/** « 24/11/2026 » and « 9h30 », as people type them or as a browser sends them. */
const momentTyped = (day: string, hour: string): Temporal.PlainDateTime | undefined => {
  const on = readDay(day);
  const time = /^(\d{1,2})\s*(?:h|:)\s*(\d{2})?$/i.exec(hour.trim());
  const [hours, minutes] = [Number(time?.[1] ?? 99), Number(time?.[2] ?? 0)];
  if (!on || hours > 23 || minutes > 59) return undefined;
  return Temporal.PlainDate.from(on).toPlainDateTime({ hour: hours, minute: minutes });
};

const badMoment: Refusal = {
  code: 'bad_moment',
  field: 'day',
  message: 'Donnez une date et une heure, par exemple 24/11/2026 et 9h30.',
};
