import { error, fail, redirect } from '@sveltejs/kit';
import { moderates } from '#modules/professionals/server/index.ts';
import { decideTeam, teamsToDecide } from '#modules/respite/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (!moderates(context)) error(404);
  const communes = context.indexes.get(territoryIndex);
  return {
    here: 'Garde solidaire',
    done: url.searchParams.has('fait'),
    teams: (await teamsToDecide(context)).map(({ registration, name, words, status, scope, insee }) => ({
      ...{ registration, name, words, open: status === 'open' },
      where: communes.commune(insee)?.name ?? '',
      reach: reachWords[scope.split(':')[0] ?? ''] ?? '',
    })),
  };
};

const reachWords: Readonly<Record<string, string>> = {
  commune: 'pour les familles de la commune',
  epci: 'pour les familles de l’intercommunalité',
  departement: 'pour les familles du département',
};

const decide =
  (decision: 'open' | 'close') =>
  async ({ locals, url, request }: { locals: App.Locals; url: URL; request: Request }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const done = await decideTeam(
      context,
      String(form?.get('team') ?? ''),
      decision,
      locals.publicOrigin ?? error(503),
    );
    if (!done.ok) return fail(400, { message: done.error.message });
    redirect(303, '/professionnels/espace/moderation/garde?fait');
  };

export const actions = { ouvrir: decide('open'), fermer: decide('close') };
