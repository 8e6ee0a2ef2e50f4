import { error, fail, redirect } from '@sveltejs/kit';
import { attestationWords, nameOfDraft, rhythms } from '#modules/professionals/index.ts';
import {
  chooseRhythm,
  confirmKept,
  ownClaims,
  ownRegistrations,
  setReminders,
} from '#modules/professionals/server/index.ts';
import type { Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { claimWords, registrationWords } from '../words.ts';
import { toDoWords } from './to-do.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const mine = await ownRegistrations(context);
  return {
    kept: url.searchParams.has('gardee'),
    closed: url.searchParams.has('fermee'),
    confirmed: url.searchParams.has('confirmee'),
    rhythms,
    toDo: await toDoWords(context),
    mine: mine.map(({ id, status, draft, attestation }) => ({
      ...{ id, draft: status === 'draft' },
      name: nameOfDraft(draft) || 'Inscription sans nom',
      state: registrationWords[status],
      attestation: attestation ? attestationWords[attestation].title : undefined,
    })),
    claims: (await ownClaims(context)).map(({ id, name, status }) => ({ id, name, state: claimWords[status] })),
  };
};

const aboutListing =
  (command: (context: PersonContext, id: string, form: FormData) => Promise<Result<void>>, said: string) =>
  async ({ request, locals, url }: { request: Request; locals: App.Locals; url: URL }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const done = await command(context, String(form.get('fiche') ?? ''), form);
    if (!done.ok) return fail(409, { message: done.error.message });
    redirect(303, `/professionnels/espace${said}`);
  };

const reminders =
  (wanted: boolean) =>
  async ({ locals, url }: { locals: App.Locals; url: URL }) => {
    await setReminders(requirePerson(locals.context, url), wanted);
    redirect(303, '/professionnels/espace');
  };

export const actions = {
  exact: aboutListing(confirmKept, '?confirmee'),
  rythme: aboutListing((context, id, form) => chooseRhythm(context, id, Number(form.get('mois'))), ''),
  silence: reminders(false),
  reprise: reminders(true),
};
