import { error, fail, redirect } from '@sveltejs/kit';
import { longest } from '#modules/houses/index.ts';
import { decideHouse, houseToTell, ownHouse, tellHouse } from '#modules/houses/server/index.ts';
import { nameOfDraft } from '#modules/professionals/index.ts';
import { readRegistration } from '#modules/professionals/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const registration = await readRegistration(context, params.id);
  const told = registration && (await houseToTell(context, params.id));
  // Who only works at the counter has the rest of the team’s pages.
  const welcomes = registration && !told && (await ownHouse(context, params.id, 'welcome'));
  if (!registration || !(told || welcomes)) error(404, 'Cette page est pour l’équipe d’une Maison.');
  return {
    ...{ here: 'Maison', id: params.id, name: nameOfDraft(registration.draft) },
    open: Boolean(welcomes) || told?.house?.status === 'open',
    said: saidFor[url.searchParams.get('fait') ?? ''],
    told: told && {
      status: told.house?.status,
      words: told.house?.words ?? '',
      page: told.house?.status === 'open' ? `/maisons/${told.house.slug}` : undefined,
      chosen: told.chosen,
      listings: told.listings.map(({ key, name, isHouse }) => ({
        ...{ value: key, label: name },
        ...(isHouse ? { hint: 'C’est une fiche de Maison.' } : {}),
      })),
      mayAsk: told.listings.some(({ isHouse }) => isHouse),
      longest: longest.presentation,
    },
  };
};

const saidFor: Readonly<Record<string, string>> = {
  asked: 'C’est envoyé. Les personnes chargées de votre territoire lisent votre demande, et pourront ouvrir la page.',
  open: 'C’est noté : la page des parents le dit déjà.',
  ferme: 'La page est fermée. Les personnes qui avaient rendez-vous sont prévenues.',
};

export const actions = {
  dire: async ({ params, locals, url, request }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const typed = { words: String(form.get('words') ?? ''), sites: form.getAll('sites').map(String) };
    const done = await tellHouse(context, params.id, typed);
    if (!done.ok) return fail(400, { refusals: done.error, typed });
    redirect(303, `/professionnels/espace/${params.id}/maison?fait=${done.value}`);
  },
  fermer: async ({ params, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const done = await decideHouse(context, params.id, 'close');
    if (!done.ok) return fail(400, { refusals: [done.error], typed: undefined });
    redirect(303, `/professionnels/espace/${params.id}/maison?fait=ferme`);
  },
};
