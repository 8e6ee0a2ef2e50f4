import { error, fail, redirect } from '@sveltejs/kit';
import { dayWords } from '#modules/directory/index.ts';
import { readRegistration } from '#modules/professionals/server/index.ts';
import { partInWords, placesInWords, type Typed } from '#modules/respite/index.ts';
import { closeFreePlaces, nowAt, ownFreePlaces, ownPlaces, publishFreePlaces } from '#modules/respite/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

const own = async ({ params, locals, url }: { params: { id: string }; locals: App.Locals; url: URL }) => {
  const context = requirePerson(locals.context, url);
  const registration = await readRegistration(context, params.id);
  if (!registration) error(404, 'Cette inscription n’existe pas, ou vous n’en faites pas partie.');
  return { context, registration };
};

export const load = async (event) => {
  const { context, registration } = await own(event);
  const { draft, mayEdit } = registration;
  const places = await ownPlaces(context, event.params.id);
  const today = nowAt(context, places[0]?.insee ?? null).toPlainDate();
  const open = await ownFreePlaces(context, event.params.id);
  return {
    ...{ here: 'Places libres', id: event.params.id, mayEdit },
    name: (draft.as === 'structure' ? draft.structure.name : draft.name) || 'Inscription sans nom',
    places: places.map(({ id, name }) => ({ value: String(id), label: name })),
    today: today.toString(),
    said: event.url.searchParams.has('annoncees')
      ? 'C’est annoncé. Les parents le voient dès maintenant.'
      : event.url.searchParams.has('fermee')
        ? 'C’est fermé. Les parents ne la voient plus.'
        : undefined,
    open: open.map((one) => ({
      ...{ id: one.id, where: one.name, urgent: one.urgent, note: one.note },
      title: `${dayWords(one.day, today)}, ${partInWords(one.part)}`,
      what: placesInWords(one),
    })),
  };
};

const typedIn = (form: FormData): Typed => {
  const text = (name: string): string => String(form.get(name) ?? '');
  return {
    ...{ day: text('day'), part: text('part'), count: text('count'), note: text('note') },
    ...{ ages: form.getAll('ages').map(String), urgent: form.has('urgent') },
  };
};

export const actions = {
  annoncer: async (event) => {
    const { context } = await own(event);
    const form = await readForm(event.request);
    if (!form) error(400);
    const typed = typedIn(form);
    const place = String(form.get('place') ?? '');
    const told = await publishFreePlaces(context, event.params.id, Number(place), typed);
    if (!told.ok) return fail(400, { typed, place, refusals: told.error });
    redirect(303, `/professionnels/espace/${event.params.id}/places-libres?annoncees`);
  },
  fermer: async (event) => {
    const { context } = await own(event);
    const form = await readForm(event.request);
    const closed = await closeFreePlaces(context, String(form?.get('annonce') ?? ''));
    if (!closed.ok) return fail(400, { refusals: [closed.error] });
    redirect(303, `/professionnels/espace/${event.params.id}/places-libres?fermee`);
  },
};
