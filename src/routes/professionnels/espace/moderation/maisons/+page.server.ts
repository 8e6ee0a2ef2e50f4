import { error, fail, redirect } from '@sveltejs/kit';
import { decideHouse, housesToDecide } from '#modules/houses/server/index.ts';
import { moderates } from '#modules/professionals/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (!moderates(context)) error(404);
  const communes = context.indexes.get(territoryIndex);
  return {
    here: 'Maisons',
    done: url.searchParams.has('fait'),
    houses: (await housesToDecide(context)).map(({ registration, name, slug, words, status, insee }) => ({
      ...{ registration, name, words, open: status === 'open', page: `/maisons/${slug}` },
      detail: `${communes.commune(insee)?.name ?? ''}. ${status === 'open' ? 'Ouverte.' : 'Attend votre lecture.'}`,
    })),
  };
};

const decide =
  (decision: 'open' | 'close') =>
  async ({ locals, url, request }: { locals: App.Locals; url: URL; request: Request }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const done = await decideHouse(context, String(form?.get('registration') ?? ''), decision);
    if (!done.ok) return fail(400, { message: done.error.message });
    redirect(303, '/professionnels/espace/moderation/maisons?fait');
  };

export const actions = { ouvrir: decide('open'), fermer: decide('close') };
