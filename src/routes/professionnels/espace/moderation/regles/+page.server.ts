import { error, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { giveTrust, policyView, setReview, setsPolicy, takeTrust } from '#modules/professionals/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { type Action, can, type Scope } from '#platform/permissions.ts';
import type { Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { refused, textOf } from '../../../../mon-compte/refused.ts';
import { territoryName } from '../../../../mon-compte/territory-name.ts';
import { territoryLabel, territoryTyped } from '../../../../mon-compte/territory-typed.ts';

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
    first: territoryLabel(context, scopes[0]),
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

/** One decision in a territory that is told by its name, then the page again. */
const decide =
  (
    action: string,
    may: Action,
    work: (context: PersonContext, typed: Record<string, string>, territory: Scope) => Promise<Result<void>>,
  ) =>
  async ({ request, locals, url }: { request: Request; locals: App.Locals; url: URL }) => {
    const context = deciders(locals, url);
    const form = await readForm(request);
    if (!form) error(400);
    const names = ['scope', 'review', 'account', 'reason'] as const;
    const typed = Object.fromEntries(names.map((name) => [name, textOf(form, name).trim()]));
    const covers = coversIn(context.indexes.get(territoryIndex));
    const meant = territoryTyped(context, form, (territory) => can(context.actor, may, { territory }, covers));
    if (!meant.scope) return refused(action, meant.refusal, typed, meant.choices);
    const done = await work(context, typed, meant.scope);
    if (!done.ok) return refused(action, done.error, typed);
    redirect(303, '/professionnels/espace/moderation/regles?fait');
  };

export const actions = {
  relecture: decide('relecture', 'moderation.policy', (context, { review = '', reason = '' }, territory) =>
    setReview(context, { territory, review, reason }),
  ),
  confiance: decide('confiance', 'editor.trust', (context, { account = '', reason = '' }, territory) =>
    giveTrust(context, { account, territory, reason }),
  ),
  retirer: decide('retirer', 'editor.trust', (context, { account = '', reason = '' }, territory) =>
    takeTrust(context, { account, territory, reason }),
  ),
};
