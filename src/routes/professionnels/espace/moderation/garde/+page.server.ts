import { error, fail, redirect } from '@sveltejs/kit';
import { moderates } from '#modules/professionals/server/index.ts';
import { decideTeam, settleSittingReport, sittingReports, teamsToDecide } from '#modules/respite/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { saidDay } from '../../../../mon-compte/said.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (!moderates(context)) error(404);
  const communes = context.indexes.get(territoryIndex);
  const reports = await sittingReports(context);
  return {
    here: 'Garde solidaire',
    done: url.searchParams.has('fait'),
    reports: reports.map(({ reportedAt, ...report }) => ({ ...report, on: saidDay(reportedAt) })),
    teams: (await teamsToDecide(context)).map(({ registration, name, words, status, scope, insee }) => {
      const where = `${communes.commune(insee)?.name ?? ''}, ${reachWords[scope.split(':')[0] ?? ''] ?? ''}`;
      return {
        ...{ registration, name, words, open: status === 'open' },
        detail: `${where}. ${status === 'open' ? 'Ouvert.' : 'Attend votre lecture.'}`,
      };
    }),
  };
};

const reachWords: Readonly<Record<string, string>> = {
  commune: 'pour les familles de la commune',
  epci: 'pour les familles de l’intercommunalité',
  departement: 'pour les familles du département',
};

const action =
  (act: (context: PersonContext, text: (name: string) => string, origin: string) => Promise<Result<void>>) =>
  async ({ locals, url, request }: { locals: App.Locals; url: URL; request: Request }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const done = await act(context, (name) => String(form.get(name) ?? ''), locals.publicOrigin ?? error(503));
    if (!done.ok) return fail(400, { message: done.error.message });
    redirect(303, '/professionnels/espace/moderation/garde?fait');
  };

export const actions = {
  ouvrir: action((context, text, origin) => decideTeam(context, text('registration'), 'open', origin)),
  fermer: action((context, text, origin) => decideTeam(context, text('registration'), 'close', origin)),
  traiter: action((context, text) => settleSittingReport(context, text('report'))),
};
