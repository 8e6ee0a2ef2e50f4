import { error, fail, redirect } from '@sveltejs/kit';
import { networkPath, ownNetworks, startNetwork } from '#modules/networks/server/index.ts';
import { listedOf } from '#modules/professionals/server/index.ts';
import { aboveOf, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can } from '#platform/permissions.ts';
import { readForm } from '#platform/server/http/form.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { tooMany } from '../../../connexion/too-many.ts';
import { textOf } from '../../../mon-compte/refused.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const index = context.indexes.get(territoryIndex);
  const nameOf = (scope: string): string => {
    const territory = parseTerritory(scope);
    return (territory.ok && index.describe(territory.value)?.name) || scope;
  };
  const asked = url.searchParams.get('territoire') ?? '';
  const possible = [...(await possibleTerritories(context)).keys()];
  return {
    here: 'Réseaux',
    networks: (await ownNetworks(context)).map(({ id, name, territory, members }) => ({
      ...{ href: networkPath(id), title: name },
      detail: `${nameOf(territory)} · ${members} ${members > 1 ? 'membres' : 'membre'}`,
    })),
    territories: possible.map((value) => ({ value, label: nameOf(value) })),
    asked: possible.includes(asked) ? asked : undefined,
  };
};

export const actions = {
  default: async ({ request, locals, url, getClientAddress }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const typed = {
      name: textOf(form, 'name'),
      purpose: textOf(form, 'purpose'),
      territory: textOf(form, 'territory'),
    };
    const limit = await locals.house.limits.form('network', getClientAddress());
    if (!limit.allowed) return fail(429, { typed, refusal: tooMany(limit.retryAfterSeconds) });
    const as = (await possibleTerritories(context)).get(typed.territory) ?? '';
    const started = await startNetwork(context, { ...typed, as });
    if (!started.ok) return fail(started.error.code === 'not_allowed' ? 403 : 400, { typed, refusal: started.error });
    redirect(303, networkPath(started.value));
  },
};

/** Where the actor may begin a network, and the registration by which: empty for a territory that they are charged with. */
const possibleTerritories = async (context: PersonContext): Promise<ReadonlyMap<string, string>> => {
  const { actor } = context;
  const index = context.indexes.get(territoryIndex);
  const found = new Map<string, string>();
  for (const { scope } of actor.grants) {
    if (scope !== 'france' && can(actor, 'network.start', { territory: scope })) found.set(scope, '');
  }
  for (const { id, insee } of await listedOf(
    context,
    actor.memberships.map(({ organisation }) => organisation),
  )) {
    const commune = index.commune(insee ?? '');
    if (!commune || !can(actor, 'network.start', { organisation: id })) continue;
    for (const scope of aboveOf(index, { kind: 'commune', code: commune.code })) {
      if (!found.has(scope)) found.set(scope, id);
    }
  }
  return found;
};
