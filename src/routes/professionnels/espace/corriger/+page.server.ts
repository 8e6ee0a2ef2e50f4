import { error, fail, redirect } from '@sveltejs/kit';
import { priorityTitle } from '#modules/priorities/server/index.ts';
import { correctable, hourLines, weekDays, withPriorityTitles } from '#modules/professionals/index.ts';
import { correctableListing, proposeCorrection } from '#modules/professionals/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { listingAsked } from '../listing-asked.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const { entity, slug } = listingAsked(url);
  const listing = await correctableListing(context, entity, slug);
  if (!listing) error(404, 'Cette fiche n’est pas ou plus dans l’annuaire.');
  return {
    here: 'Proposer une correction',
    name: listing.name,
    place: entity === 'place',
    page: `/${entity === 'place' ? 'lieux' : 'services'}/${slug}`,
    fields: withPriorityTitles(correctable[entity], priorityTitle).map(({ name, label, shape, words = [] }) => {
      const value = listing.fields[name] ?? null;
      return {
        ...{ name, label, shape },
        options: words.map(({ code, label: word }) => ({ value: code, label: word })),
        text: typeof value === 'string' ? value : '',
        chosen: Array.isArray(value) ? value.map(String) : [],
        days: shape === 'hours' ? daysOf(hourLines(value)) : [],
      };
    }),
    sent: url.searchParams.get('envoi'),
  };
};

const daysOf = (lines: readonly string[]) =>
  weekDays.map(({ label }, day) => ({ name: `hours-${day}`, label, line: lines[day] ?? '' }));

export const actions = {
  default: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const asked = listingAsked(url);
    const proposed = await proposeCorrection(context, asked, form);
    if (!proposed.ok) {
      return fail(400, {
        typed: Object.fromEntries([...form.keys()].map((name) => [name, form.getAll(name).map(String)])),
        message: proposed.error.find(({ field }) => field === undefined)?.message ?? '',
        errors: Object.fromEntries(proposed.error.map(({ field = '', message }) => [field, message])),
      });
    }
    const next = new URLSearchParams({
      [asked.entity === 'place' ? 'lieu' : 'service']: asked.slug,
      envoi: proposed.value.published ? 'fait' : 'attend',
    });
    redirect(303, `/professionnels/espace/corriger?${next}`);
  },
};
