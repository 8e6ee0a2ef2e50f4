import { error, fail, redirect } from '@sveltejs/kit';
import { readDay } from '#modules/agenda/index.ts';
import { dayWords } from '#modules/directory/index.ts';
import {
  appointmentTold,
  closeDay,
  expectedDays,
  membersOf,
  orderAppointment,
  ownHouse,
  readTeamDay,
} from '#modules/houses/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

interface Visit {
  readonly params: { readonly id: string };
  readonly locals: App.Locals;
  readonly url: URL;
}

/** The day of the address, or today by the clock of the first site. */
const dayAsked = (context: Parameters<typeof ownHouse>[0], zone: string | undefined, url: URL): Temporal.PlainDate => {
  const typed = readDay(url.searchParams.get('jour') ?? '');
  return typed ? Temporal.PlainDate.from(typed) : todayIn(context.clock, zone ?? 'Europe/Paris');
};

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const house = await ownHouse(context, params.id);
  if (!house) error(404, 'Cette page est pour l’équipe d’une Maison ouverte.');
  const zone = house.sites[0]?.timeZone;
  const [day, today] = [dayAsked(context, zone, url), todayIn(context.clock, zone ?? 'Europe/Paris')];
  const told = url.searchParams.get('fait');
  return {
    ...{ here: 'Rendez-vous', id: params.id, name: house.name, day: day.toString(), title: dayWords(day, today) },
    appointments: (await readTeamDay(context, params.id, day)).map((one) => ({
      ...{ id: one.id, name: one.name, contact: one.contact, contactKind: one.contact_kind, came: one.came },
      ...{ toCall: one.state === 'closed', mode: one.mode, link: one.link, ...appointmentTold(context, one) },
    })),
    days: (await expectedDays(context, house.id)).map(({ day: iso, count }) => ({
      ...{ iso, count, label: dayWords(Temporal.PlainDate.from(iso), today) },
    })),
    members: (await membersOf(context, house.id)).map(({ id, role, name }) => ({
      value: id,
      label: [role, name].filter(Boolean).join(', '),
    })),
    said: told === null ? undefined : (saidFor[told] ?? saidFor.note),
    toCall: Number(/^\d{1,3}$/.exec(url.searchParams.get('appeler') ?? '')?.[0] ?? 0),
  };
};

const saidFor: Readonly<Record<string, string>> = {
  note: 'C’est noté.',
  annule: 'C’est annulé. Qui a laissé une adresse électronique est prévenu par un message.',
};

const done = ({ params, url }: Visit, day: string, told: string, toCall = 0): never => {
  const said = new URLSearchParams({
    jour: day || (url.searchParams.get('jour') ?? ''),
    fait: told,
    appeler: String(toCall),
  });
  redirect(303, `/professionnels/espace/${params.id}/maison/rendez-vous?${said}`);
};

const order = (command: 'came' | 'absent' | 'close') => async (event: Visit & { readonly request: Request }) => {
  const context = requirePerson(event.locals.context, event.url);
  const form = await readForm(event.request);
  const result = await orderAppointment(context, event.params.id, String(form?.get('appointment') ?? ''), command);
  if (!result.ok) return fail(400, { message: result.error.message });
  return done(event, String(form?.get('day') ?? ''), command === 'close' ? 'annule' : 'note', result.value.toCall);
};

export const actions = {
  venu: order('came'),
  absent: order('absent'),
  annuler: order('close'),
  fermer: async (event) => {
    const context = requirePerson(event.locals.context, event.url);
    const form = await readForm(event.request);
    const text = (name: string): string => String(form?.get(name) ?? '');
    const day = readDay(text('day'));
    const closed = await closeDay(context, event.params.id, { member: text('member'), day, words: text('words') });
    if (!closed.ok) return fail(400, { message: closed.error.message });
    return done(event, day ?? '', 'annule', closed.value.toCall);
  },
};
