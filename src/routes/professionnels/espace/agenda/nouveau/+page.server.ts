import { error, fail, redirect } from '@sveltejs/kit';
import { typedValues } from '#modules/agenda/index.ts';
import { createSeries } from '#modules/agenda/server/index.ts';
import { proposeDates } from '#modules/groups/server/index.ts';
import { can, notAllowed } from '#platform/permissions.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { formOptions } from '../form-options.ts';
import { refusedSeries } from '../refused-series.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const organisation = url.searchParams.get('organisme') ?? '';
  if (!can(context.actor, 'event.edit', { organisation })) error(403, notAllowed.message);
  // For one group of parents: it is in no list of the agenda.
  const group = url.searchParams.get('groupe') ?? '';
  const options = await formOptions(context, organisation, false);
  return { here: 'Nouveau rendez-vous', organisation, group, options };
};

export const actions = {
  default: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const organisation = String(form.get('organisation') ?? '');
    const group = String(form.get('group') ?? '');
    if (group !== '') {
      const proposed = await proposeDates(context, organisation, group, form, locals.publicOrigin ?? error(503));
      if (!proposed.ok) return fail(400, { values: typedValues(form), ...refusedSeries(proposed.error) });
      redirect(303, `/professionnels/espace/${organisation}/groupes?fait=date`);
    }
    const saved = await createSeries(context, organisation, form);
    if (!saved.ok) return fail(400, { values: typedValues(form), ...refusedSeries(saved.error) });
    redirect(303, `/professionnels/espace/agenda/${saved.value.id}?garde`);
  },
};
