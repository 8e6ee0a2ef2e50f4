import { fail, redirect } from '@sveltejs/kit';
import { proposeMerge } from '#modules/professionals/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = ({ locals, url }) => {
  requirePerson(locals.context, url);
  return { here: 'Signaler un doublon', gone: url.searchParams.get('lieu') ?? '', sent: url.searchParams.get('envoi') };
};

/** The last part of an address of the directory, or of what was typed instead: `/lieux/pmi-du-centre`. */
const slugOf = (typed: FormDataEntryValue | null): string =>
  /([a-z0-9-]+)\/?(?:[?#].*)?$/.exec(typeof typed === 'string' ? typed.trim().slice(0, 500) : '')?.[1] ?? '';

export const actions = {
  default: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const [kept, gone] = [form?.get('kept') ?? null, form?.get('gone') ?? null];
    const proposed = await proposeMerge(context, { kept: slugOf(kept), gone: slugOf(gone) });
    if (!proposed.ok) {
      return fail(400, { message: proposed.error.message, kept: String(kept ?? ''), gone: String(gone ?? '') });
    }
    redirect(303, `/professionnels/espace/doublon?envoi=${proposed.value.published ? 'fait' : 'attend'}`);
  },
};
