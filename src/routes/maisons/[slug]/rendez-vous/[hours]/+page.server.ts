import { error, fail, redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { houses } from '#messages/fr/houses.ts';
import { DAYS_KEPT } from '#modules/houses/index.ts';
import { appointmentPath, openHouse, openSlots, slotWords, takeAppointment } from '#modules/houses/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo } from '#platform/server/http/rate-limit.ts';
import { newSecret } from '#platform/server/identity/secret.ts';
import { unsent } from '#platform/unsent.ts';

const words = houses.appointment;

export const load = async ({ params, locals, url, setHeaders }) => {
  const house = isUuid(params.hours) ? await openHouse(locals.context, params.slug) : undefined;
  if (!house) error(404, 'Cette Maison n’existe pas, ou plus.');
  // The form carries a secret of its own: two people never share one.
  setHeaders({ 'cache-control': 'no-store' });
  const start = url.searchParams.get('debut') ?? '';
  const slot = (await openSlots(locals.context, house.id, params.hours)).find(
    (one) => one.start.toString().slice(0, 16) === start,
  );
  const list = `/maisons/${house.slug}/rendez-vous`;
  if (!slot) redirect(303, `${list}?pris`);
  return unsent({
    words: houses,
    house: { name: house.name, list },
    slot: slotWords(locals.context, slot),
    contact: slot.mode === 'telephone' ? words.phone : words.contact,
    byPhone: slot.mode === 'telephone',
    lead: fill(words.lead, { days: DAYS_KEPT }),
    secret: newSecret(),
  });
};

export const actions = {
  default: async ({ request, params, locals, url, getClientAddress }) => {
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const text = (name: string): string => String(form.get(name) ?? '').slice(0, 300);
    const typed = { name: text('name'), contact: text('contact') };
    const limit = await locals.house.limits.form('appointment', getClientAddress());
    if (!limit.allowed || !(await mayWriteTo(locals.house.limits, typed.contact)))
      return fail(429, { typed, message: words.tooMany, errors: {} });
    const slot = { hours: params.hours, start: url.searchParams.get('debut') ?? '' };
    const taken = await takeAppointment(locals.context, params.slug, slot, form, locals.publicOrigin);
    if (taken.ok) redirect(303, appointmentPath(taken.value.secret));
    if (taken.error.some(({ code }) => code === 'slot_taken'))
      redirect(303, `/maisons/${params.slug}/rendez-vous?pris`);
    return fail(400, {
      typed,
      message: taken.error.find(({ field }) => field === undefined)?.message ?? '',
      errors: Object.fromEntries(taken.error.map(({ field = '', message }) => [field, message])),
    });
  },
};
