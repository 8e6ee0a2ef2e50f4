import { error, fail, redirect } from '@sveltejs/kit';
import { readDay, typedValues } from '#modules/agenda/index.ts';
import { dayWords, hourWords } from '#modules/directory/index.ts';
import { readRoomAsked, roomPurposes } from '#modules/houses/index.ts';
import {
  addPartner,
  bookRoom,
  closeRoom,
  endPartner,
  freeRoom,
  nearbyStructures,
  openRoom,
  ownHouse,
  partnersOf,
  roomsFor,
  usesBetween,
} from '#modules/houses/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { readRowId } from '#platform/ids.ts';
import type { Refusal, Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';

interface Visit {
  readonly params: { readonly id: string };
  readonly locals: App.Locals;
  readonly url: URL;
}

const visit = async ({ params, locals, url }: Visit) => {
  const context = requirePerson(locals.context, url);
  const [house, rooms] = [await ownHouse(context, params.id), await roomsFor(context, params.id)];
  const [first] = rooms;
  if (!house && !first) error(404, 'Aucune salle ne vous est ouverte.');
  return { context, house, rooms, timeZone: first?.timeZone ?? house?.sites[0]?.timeZone ?? 'Europe/Paris' };
};

const said: Readonly<Record<string, string>> = {
  retenue: 'C’est retenu.',
  liberee: 'C’est libéré.',
  ouverte: 'La salle est ouverte.',
  fermee: 'La salle est fermée, et ce qui y était prévu est libéré.',
  partenaire: 'C’est noté. Ce partenaire apparaît à l’accueil, parmi ceux vers qui l’on oriente.',
  fini: 'C’est noté. Ce qui a été compté reste.',
};

export const load = async (event) => {
  const { context, house, rooms, timeZone } = await visit(event);
  const today = todayIn(context.clock, timeZone);
  const monday = mondayOf(event.url.searchParams.get('semaine'), today);
  const [from, to] = [monday, monday.add({ days: 7 })].map((day) => day.toZonedDateTime(timeZone).toInstant());
  const uses = await usesBetween(
    context,
    rooms.map(({ id }) => id),
    from as Temporal.Instant,
    to as Temporal.Instant,
  );
  return {
    ...{ here: 'Salles', id: event.params.id, said: said[event.url.searchParams.get('fait') ?? ''] },
    week: dayWords(monday, today),
    monday: monday.toString(),
    ...{ before: `?semaine=${monday.subtract({ days: 7 })}`, after: `?semaine=${monday.add({ days: 7 })}` },
    purposes: roomPurposes.map(({ code, label }) => ({ value: code, label })),
    rooms: rooms.map(({ id, name, seats, siteName, houseName, own, timeZone: clock }) => ({
      ...{ id, name, own, where: own ? siteName : `${houseName}, ${siteName}` },
      seats: `${seats} personne${seats > 1 ? 's' : ''}`,
      uses: uses
        .filter(({ room }) => room === id)
        .map((use) => {
          const end = use.ends_at.toZonedDateTimeISO(clock).toPlainDateTime();
          const mine = own || use.booked_by === event.params.id;
          const purpose = roomPurposes.find(({ code }) => code === use.purpose)?.label ?? '';
          return {
            ...{ id: use.id, mine },
            when: `${dayWords(use.local_start.toPlainDate(), today)}, de ${hourOf(use.local_start)} à ${hourOf(end)}`,
            // A partner has no need to know who else comes.
            what: mine ? `${purpose} · ${use.holder}` : 'Prise',
          };
        }),
    })),
    house: house && {
      ...{ name: house.name, sites: house.sites.map(({ id, name }) => ({ value: id, label: name })) },
      partners: await partnersOf(context, house.id),
      structures: (await nearbyStructures(context, house)).map(({ id, name }) => ({ value: id, label: name })),
    },
  };
};

const hourOf = (time: Temporal.PlainDateTime): string => hourWords(time.toString(), { midnight: 'minuit' });

/** The Monday of the week of a day of the address; of this week, for what is no day of ours. */
const mondayOf = (typed: string | null, today: Temporal.PlainDate): Temporal.PlainDate => {
  const day = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/.test(typed ?? '')
    ? Temporal.PlainDate.from(typed ?? '')
    : today;
  return day.subtract({ days: day.dayOfWeek - 1 });
};

type Order = (
  context: PersonContext,
  id: string,
  form: FormData,
) => Promise<Result<unknown, Refusal | readonly Refusal[]>>;

const action = (order: Order, done: string) => async (event: Visit & { readonly request: Request }) => {
  const context = requirePerson(event.locals.context, event.url);
  const form = await readForm(event.request);
  if (!form) error(400, 'Ce formulaire est incomplet.');
  const result = await order(context, event.params.id, form);
  // Back to the week that was changed, so that it is seen.
  const week = readDay(text(form, 'day')) ?? text(form, 'week');
  if (result.ok) redirect(303, `${event.url.pathname}?${new URLSearchParams({ fait: done, semaine: week })}`);
  return fail(400, { refusals: [result.error].flat(), values: typedValues(form) });
};

const text = (form: FormData, name: string): string => String(form.get(name) ?? '');
const room = (form: FormData): number => readRowId(text(form, 'room')) ?? 0;

export const actions = {
  retenir: action(async (context, id, form) => {
    const rooms = await roomsFor(context, id);
    const chosen = rooms.find((one) => one.id === room(form));
    const now = context.clock
      .now()
      .toZonedDateTimeISO(chosen?.timeZone ?? 'Europe/Paris')
      .toPlainDateTime();
    const asked = readRoomAsked(
      form,
      rooms.map((one) => one.id),
      now,
    );
    return asked.ok ? bookRoom(context, id, asked.value) : asked;
  }, 'retenue'),
  liberer: action(
    (context, id, form) =>
      freeRoom(context, id, { room: room(form), use: text(form, 'use'), following: form.get('following') === 'oui' }),
    'liberee',
  ),
  ouvrir: action(
    (context, id, form) =>
      openRoom(context, id, {
        site: text(form, 'room_site'),
        name: text(form, 'room_name'),
        seats: text(form, 'seats'),
      }),
    'ouverte',
  ),
  fermer: action((context, id, form) => closeRoom(context, id, room(form)), 'fermee'),
  partenaire: action(
    (context, id, form) =>
      addPartner(context, id, { name: text(form, 'partner_name'), registration: text(form, 'partner') }),
    'partenaire',
  ),
  finir: action((context, id, form) => endPartner(context, id, text(form, 'partner')), 'fini'),
};
