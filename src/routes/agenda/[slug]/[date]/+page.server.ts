import { error, fail, redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { agenda } from '#messages/fr/agenda.ts';
import { DAYS_KEPT, mostPersons } from '#modules/agenda/index.ts';
import {
  book,
  bookingPath,
  factsOf,
  newBookingSecret,
  readDate,
  structuredEvent,
} from '#modules/agenda/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo } from '#platform/server/http/rate-limit.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, url, setHeaders }) => {
  const event = await readDate(locals.context, params.slug, params.date);
  if (!event) error(404, 'Ce rendez-vous n’existe pas, ou plus.');
  const { fields, toCome, cancelled, free } = event;
  const books = toCome && !cancelled && fields.booking === 'ici';
  // The form carries a secret of its own: two people never share one.
  setHeaders({ 'cache-control': 'no-store' });
  const full = free === 0;
  return unsent({
    words: agenda,
    event,
    facts: factsOf(fields),
    series: `/agenda/${params.slug}`,
    calendar: `${event.page}/rendez-vous.ics`,
    structured: structuredEvent(event, locals.publicOrigin ?? url.origin),
    booking:
      books && (!full || fields.waiting_list) ? { full, secret: newBookingSecret(), most: mostPersons } : undefined,
    kept: fill(agenda.booking.text, { days: DAYS_KEPT }),
    elsewhere: toCome && !cancelled && fields.booking === 'ailleurs' ? fields.booking_url : undefined,
    open: toCome && !cancelled && fields.booking === 'libre',
  });
};

export const actions = {
  default: async ({ request, params, locals, getClientAddress }) => {
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const event = await readDate(locals.context, params.slug, params.date);
    if (!event) error(404, 'Ce rendez-vous n’existe pas, ou plus.');
    const text = (name: string): string => String(form.get(name) ?? '').slice(0, 300);
    const typed = { name: text('name'), adults: text('adults'), children: text('children'), contact: text('contact') };
    const limit = await locals.house.limits.form('agenda-booking', getClientAddress());
    if (!limit.allowed || !(await mayWriteTo(locals.house.limits, typed.contact))) {
      return fail(429, { typed, message: agenda.booking.tooMany, errors: {} });
    }
    const booked = await book(locals.context, event.id, form, locals.publicOrigin);
    if (booked.ok) redirect(303, bookingPath(booked.value.secret));
    return fail(400, {
      typed,
      message: booked.error.find(({ field }) => field === undefined)?.message ?? '',
      errors: Object.fromEntries(booked.error.map(({ field = '', message }) => [field, message])),
    });
  },
};
