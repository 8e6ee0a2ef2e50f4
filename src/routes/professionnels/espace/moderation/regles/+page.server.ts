import { error, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { giveTrust, policyView, setReview, setsPolicy, takeTrust } from '#modules/professionals/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import type { Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { refused, textOf } from '../../../../mon-compte/refused.ts';
import { territoryName } from '../../../../mon-compte/territory-name.ts';

const deciders = (locals: App.Locals, url: URL): PersonContext => {
  const context = requirePerson(locals.context, url);
  if (!setsPolicy(context)) error(403, 'Cette page est pour les personnes qui décident dans un territoire.');
  return context;
};

export const load = async ({ locals, url }) => {
  const context = deciders(locals, url);
  const { scopes, rules, editors, candidates } = await policyView(context);
  const said = (at: Temporal.Instant): string => formatDay('fr', dayAt(at, 'Europe/Paris').toString());
  return {
    here: 'Règles de relecture',
    done: url.searchParams.has('fait'),
    territories: scopes.map((value) => ({ value, label: territoryName(context, value) })),
    rules: rules.map(({ at, territory, ...rule }) => ({
      ...rule,
      territory,
      on: said(at),
      where: territoryName(context, territory),
    })),
    editors: editors.map(({ since, territory, ...editor }) => ({
      ...editor,
      ...{ territory, on: said(since), where: territoryName(context, territory) },
    })),
    candidates: candidates.map(({ account, name, accepted }) => ({
      value: account,
      label: `${name} (${accepted === 1 ? 'une demande acceptée' : `${accepted} demandes acceptées`})`,
    })),
  };
};

/** One decision, then the page again. */
const decide =
  (action: string, work: (context: PersonContext, typed: Record<string, string>) => Promise<Result<void>>) =>
  async ({ request, locals, url }: { request: Request; locals: App.Locals; url: URL }) => {
    const context = deciders(locals, url);
    const form = await readForm(request);
    if (!form) error(400);
    const names = ['territory', 'review', 'account', 'reason'] as const;
    const typed = Object.fromEntries(names.map((name) => [name, textOf(form, name).trim()]));
    typed.territory = (typed.territory ?? '').replaceAll(/\s/g, '');
    const done = await work(context, typed);
    if (!done.ok) return refused(action, done.error, typed);
    redirect(303, '/professionnels/espace/moderation/regles?fait');
  };

export const actions = {
  relecture: decide('relecture', (context, { territory = '', review = '', reason = '' }) =>
    setReview(context, { territory, review, reason }),
  ),
  confiance: decide('confiance', (context, { account = '', territory = '', reason = '' }) =>
    giveTrust(context, { account, territory, reason }),
  ),
  retirer: decide('retirer', (context, { account = '', territory = '', reason = '' }) =>
    takeTrust(context, { account, territory, reason }),
  ),
};
