import { error, fail, redirect } from '@sveltejs/kit';
import { peopleWords } from '#modules/agenda/index.ts';
import {
  bookByPhone,
  cancelDate,
  momentWords,
  moveDate,
  orderBooking,
  readAttendance,
  readOwnSeries,
  type ToCall,
  writeToAll,
} from '#modules/agenda/server/index.ts';
import { dayWords, hourWords } from '#modules/directory/index.ts';
import { tellingGroup } from '#modules/groups/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { readRowId } from '#platform/ids.ts';
import { type Result, refuse } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo } from '#platform/server/http/rate-limit.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { refusedSeries } from '../../refused-series.ts';

const states = {
  confirmed: 'Vient',
  waiting: 'En attente',
  offered: 'Place proposée',
  lapsed: 'N’a pas répondu à temps',
  cancelled: 'Annulé',
};

/** What is to be told by telephone. */
const calls: Readonly<Record<ToCall, string>> = {
  offered: 'une place lui est proposée',
  moved: 'la date ou l’heure a changé',
  elsewhere: 'le lieu a changé',
  closed: 'le rendez-vous est annulé',
  restored: 'le rendez-vous a finalement lieu',
  written: 'votre message est à lire',
};

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const date = await readAttendance(context, params.id, readRowId(params.date));
  const series = date && (await readOwnSeries(context, params.id));
  if (!date || !series) error(404, 'Cette date n’existe pas, ou vous n’en faites pas partie.');
  const today = todayIn(context.clock, date.time_zone);
  const when = `${dayWords(date.local_start.toPlainDate(), today)}, ${hourWords(date.local_start.toString(), { midnight: 'minuit' })}`;
  return {
    ...{ here: when, when, title: series.fields.title, back: `/professionnels/espace/agenda/${params.id}` },
    ...{ cancelled: date.status === 'cancelled', taken: date.taken, places: series.fields.places, note: date.note },
    day: date.local_start.toPlainDate().toString().split('-').reverse().join('/'),
    hour: date.local_start.toString().slice(11, 16).replace(':', 'h'),
    form: crypto.randomUUID(),
    said: url.searchParams.get('fait'),
    toCall: Number(url.searchParams.get('appeler') ?? 0),
    bookings: date.bookings.map((booking) => ({
      ...{ id: booking.id, name: booking.name, people: peopleWords(booking.adults, booking.children) },
      ...{ contact: booking.contact, phone: booking.contact_kind === 'phone', attended: booking.attended },
      state: booking.offered_until
        ? `${states[booking.state]}, jusqu’à ${momentWords(booking.offered_until, date.time_zone)}`
        : states[booking.state],
      comes: booking.state === 'confirmed',
      offered: booking.state === 'offered',
      toCall: booking.to_call && calls[booking.to_call],
      living: ['confirmed', 'waiting', 'offered'].includes(booking.state),
    })),
  };
};

type Event = {
  readonly request: Request;
  readonly params: { readonly id: string; readonly date: string };
  readonly locals: App.Locals;
  readonly url: URL;
};

/** One action of the page: reads the form, acts, and comes back with what was done. */
const action =
  (
    act: (event: Event, form: FormData) => Promise<{ ok: true; value: unknown } | { ok: false; error: unknown }>,
    done: string,
  ) =>
  async (event: Event) => {
    const form = await readForm(event.request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const result = await act(event, form);
    if (!result.ok) {
      const refusals = (Array.isArray(result.error) ? result.error : [result.error]) as Parameters<
        typeof refusedSeries
      >[0];
      const { message, errors } = refusedSeries(refusals);
      return fail(400, {
        message,
        errors,
        typed: Object.fromEntries([...form].map(([name, value]) => [name, String(value)])),
      });
    }
    const toCall = (result.value as { toCall?: number } | undefined)?.toCall ?? 0;
    redirect(303, `${event.url.pathname}?fait=${done}${toCall > 0 ? `&appeler=${toCall}` : ''}`);
  };

const text = (form: FormData, name: string): string => String(form.get(name) ?? '');
const dateOf = ({ params }: Event): number => readRowId(params.date) ?? error(404, 'Cette date n’existe pas.');
const person = ({ locals, url }: Event) => requirePerson(locals.context, url);
/** A date of a group of parents: its families are told, who booked nothing. */
const telling = <T extends Result<unknown, unknown>>(event: Event, act: (inside: PersonContext) => Promise<T>) =>
  tellingGroup(person(event), { date: dateOf(event) }, event.locals.publicOrigin, act);

export const actions = {
  annuler: action(
    (event, form) => telling(event, (inside) => cancelDate(inside, dateOf(event), text(form, 'why'))),
    'annule',
  ),
  deplacer: action(
    (event, form) =>
      telling(event, (inside) =>
        moveDate(inside, dateOf(event), {
          day: text(form, 'day'),
          hour: text(form, 'hour'),
          words: text(form, 'note'),
        }),
      ),
    'deplace',
  ),
  ecrire: action(
    (event, form) => writeToAll(person(event), dateOf(event), text(form, 'words'), text(form, 'form')),
    'ecrit',
  ),
  inscrire: action(
    async (event, form) =>
      (await mayWriteTo(event.locals.house.limits, text(form, 'contact')))
        ? bookByPhone(person(event), dateOf(event), form, event.locals.publicOrigin)
        : refuse({
            ...{ code: 'too_many_requests', field: 'contact' },
            message: 'Trop de messages sont déjà partis à cette adresse. Réessayez dans un quart d’heure.',
          }),
    'inscrit',
  ),
  pointer: action((event, form) => {
    const order =
      (['came', 'absent', 'cancel', 'confirm', 'called'] as const).find((one) => one === form.get('order')) ?? 'absent';
    return orderBooking(person(event), dateOf(event), text(form, 'booking'), order, event.locals.publicOrigin);
  }, 'note'),
};
