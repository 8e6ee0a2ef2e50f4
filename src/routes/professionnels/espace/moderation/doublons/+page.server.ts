import { error, fail, redirect } from '@sveltejs/kit';
import { keepApart, moderates, probableDuplicates, proposeMerge } from '#modules/professionals/server/index.ts';
import { pageAsked } from '#platform/page-asked.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

const here = '/professionnels/espace/moderation/doublons';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (!moderates(context)) error(403, 'Cette page est pour les personnes chargées d’un territoire.');
  const page = pageAsked(url);
  const { pairs, more } = await probableDuplicates(context, page - 1);
  return {
    here: 'Doublons possibles',
    pairs,
    said: { fait: 'Les deux fiches n’en font plus qu’une.', deux: 'C’est noté : ce sont deux lieux.' }[
      url.searchParams.get('dit') ?? ''
    ],
    nextHref: more ? `?page=${page + 1}` : undefined,
  };
};

export const actions = {
  default: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const [first, second] = [String(form?.get('first') ?? ''), String(form?.get('second') ?? '')];
    const keep = form?.get('keep');
    if (keep === 'both') {
      const apart = await keepApart(context, [first, second], '');
      if (!apart.ok) return fail(409, { message: apart.error.message });
      redirect(303, `${here}?dit=deux`);
    }
    if (keep !== 'first' && keep !== 'second') return fail(400, { message: 'Choisissez une réponse.' });
    const slugs = keep === 'first' ? { kept: first, gone: second } : { kept: second, gone: first };
    const merged = await proposeMerge(context, slugs);
    if (!merged.ok) return fail(409, { message: merged.error.message });
    redirect(303, merged.value.published ? `${here}?dit=fait` : '/professionnels/espace/moderation');
  },
};
