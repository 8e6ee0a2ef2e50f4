import { error, fail } from '@sveltejs/kit';
import { importCalendar } from '#modules/agenda/server/index.ts';
import { can, notAllowed } from '#platform/permissions.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const organisation = url.searchParams.get('organisme') ?? '';
  if (!can(context.actor, 'event.edit', { organisation })) error(403, notAllowed.message);
  return { here: 'Importer un calendrier', organisation };
};

export const actions = {
  default: async ({ request, locals, url, getClientAddress }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const file = form.get('file');
    const pasted = String(form.get('text') ?? '');
    const text = file instanceof File && file.size > 0 ? await file.text() : pasted;
    const commune = { typed: String(form.get('commune') ?? '').slice(0, 100), code: String(form.get('code') ?? '') };
    const limit = await locals.house.limits.form('agenda-import', getClientAddress());
    if (!limit.allowed) {
      return fail(429, {
        typed: commune,
        text: pasted.slice(0, 100_000),
        field: '',
        message:
          'Beaucoup de calendriers en peu de temps. Rien n’a été repris cette fois : revenez dans un quart d’heure.',
      });
    }
    const imported = await importCalendar(context, String(form.get('organisation') ?? ''), text, commune);
    if (imported.ok) return { done: imported.value };
    return fail(400, {
      typed: commune,
      text: pasted.slice(0, 100_000),
      field: imported.error.field ?? '',
      message: imported.error.message,
    });
  },
};
