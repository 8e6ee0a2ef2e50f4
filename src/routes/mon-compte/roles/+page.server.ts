import { error, redirect } from '@sveltejs/kit';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { agencyKinds, agencyRoles, can } from '#platform/permissions.ts';
import { readForm } from '#platform/server/http/form.ts';
import { agencyRoleWords, answersFor, giveGrant, listGrants, takeGrant } from '#platform/server/identity/grants.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { refused, textOf } from '../refused.ts';
import { saidAgency } from '../said.ts';
import { territoryName } from '../territory-name.ts';
import { territoryTyped } from '../territory-typed.ts';

/** For whoever gives no role, this page does not exist. */
const givers = (locals: App.Locals, url: URL): PersonContext => {
  const context = requirePerson(locals.context, url);
  const { actor } = context;
  if (!actor.grants.some(({ scope }) => can(actor, 'grant.give', { territory: scope }))) error(404);
  return context;
};

export const load = async ({ locals, url }) => {
  const context = givers(locals, url);
  const covers = coversIn(context.indexes.get(territoryIndex));
  const grants = await listGrants(context, covers);
  return {
    saved: url.searchParams.get('fait'),
    agencies: agencyKinds.map((value) => ({ value, label: saidAgency[value] })),
    roles: agencyRoles.map((value) => ({ value, label: `Pour ${agencyRoleWords[value]}` })),
    grants: grants.map(({ id, email, name, agency, role, scope }) => ({
      ...{ id, email: email ?? '', name, agency: saidAgency[agency], role: agencyRoleWords[role] },
      where: territoryName(context, scope),
    })),
  };
};

export const actions = {
  confier: async ({ request, locals, url }) => {
    const context = givers(locals, url);
    const form = await readForm(request);
    if (!form) error(400);
    const typed = {
      email: textOf(form, 'email'),
      agency: textOf(form, 'agency'),
      role: textOf(form, 'role'),
      scope: textOf(form, 'scope').trim().slice(0, 100),
    };
    // The agency tells « Paris » from « Paris »; where none of its territories bears the name, the refusal says so.
    const meant = territoryTyped(context, form, (scope) => answersFor(typed.agency, scope));
    if (!meant.scope) return refused('confier', meant.refusal, typed, meant.choices);
    const { scope } = meant;
    const where = territoryName(context, scope);
    const given = await giveGrant(
      context,
      { ...typed, scope, where, origin: locals.publicOrigin },
      coversIn(context.indexes.get(territoryIndex)),
    );
    if (!given.ok) return refused('confier', given.error, typed);
    redirect(303, '/mon-compte/roles?fait=confie');
  },
  retirer: async ({ request, locals, url }) => {
    const context = givers(locals, url);
    const id = textOf((await readForm(request)) ?? new FormData(), 'id');
    if (!isUuid(id)) error(400);
    const taken = await takeGrant(context, id, coversIn(context.indexes.get(territoryIndex)));
    if (!taken.ok) return refused('retirer', taken.error);
    redirect(303, '/mon-compte/roles?fait=retire');
  },
};
