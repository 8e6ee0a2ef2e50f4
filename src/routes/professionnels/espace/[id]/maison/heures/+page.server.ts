import { error, fail, redirect } from '@sveltejs/kit';
import { typedValues } from '#modules/agenda/index.ts';
import { appointmentModes, longest } from '#modules/houses/index.ts';
import { addHours, membersOf, ownHouse } from '#modules/houses/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** Hours of appointments, or with `genre=permanence` those of a partner. */
const kindAsked = (url: URL) =>
  url.searchParams.get('genre') === 'permanence' ? ('permanence' as const) : ('appointments' as const);

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const house = await ownHouse(context, params.id);
  if (!house) error(404, 'Cette page est pour l’équipe d’une Maison ouverte.');
  const kind = kindAsked(url);
  return {
    ...{ here: kind === 'permanence' ? 'Annoncer une permanence' : 'Proposer des rendez-vous', kind, longest },
    ...{ id: params.id, name: house.name },
    members: (await membersOf(context, house.id)).map(({ id, role, name }) => ({
      value: id,
      label: [role, name].filter(Boolean).join(', '),
    })),
    sites: house.sites.map(({ id, name }) => ({ value: id, label: name })),
    modes: appointmentModes.map(({ code, label }) => ({ value: code, label })),
  };
};

export const actions = {
  default: async ({ params, locals, url, request }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const done = await addHours(context, params.id, kindAsked(url), form);
    if (!done.ok) return fail(400, { refusals: done.error, values: typedValues(form) });
    redirect(303, `/professionnels/espace/${params.id}/maison/equipe?fait=heures`);
  },
};
