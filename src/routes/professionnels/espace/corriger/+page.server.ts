import { error, fail, redirect } from '@sveltejs/kit';
import { correctable } from '#modules/professionals/index.ts';
import { correctablePlace, proposeCorrection } from '#modules/professionals/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

const slugOf = (url: URL): string => (url.searchParams.get('lieu') ?? '').slice(0, 200);

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const place = await correctablePlace(context, slugOf(url));
  if (!place) error(404, 'Ce lieu n’est pas ou plus dans l’annuaire.');
  return {
    here: 'Proposer une correction',
    name: place.fields.name,
    page: `/lieux/${place.slug}`,
    fields: correctable.map(({ name, label }) => ({ name, label, value: place.fields[name] ?? '' })),
    sent: url.searchParams.get('envoi'),
  };
};

export const actions = {
  default: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const text = (name: string): string => String(form.get(name) ?? '');
    const typed = {
      ...{ name: text('name'), phone: text('phone'), email: text('email'), website: text('website') },
      ...{ line: text('line'), postcode: text('postcode'), hours_note: text('hours_note') },
      ...{ closed: form.has('closed'), words: text('words') },
    };
    const proposed = await proposeCorrection(context, slugOf(url), typed);
    if (!proposed.ok) {
      return fail(400, {
        typed: { ...typed },
        message: proposed.error.find(({ field }) => field === undefined)?.message ?? '',
        errors: Object.fromEntries(proposed.error.map(({ field = '', message }) => [field, message])),
      });
    }
    const next = new URLSearchParams({ lieu: slugOf(url), envoi: proposed.value.published ? 'fait' : 'attend' });
    redirect(303, `/professionnels/espace/corriger?${next}`);
  },
};
