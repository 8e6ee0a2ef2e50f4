import { error, fail, redirect } from '@sveltejs/kit';
import { situationLabel } from '#modules/groups/index.ts';
import { decideTeam, reportsToSettle, settleReport, teamsToDecide } from '#modules/groups/server/index.ts';
import { moderates } from '#modules/professionals/server/index.ts';
import type { Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { whereWords } from '../../../../groupes/where-words.ts';
import { saidDay } from '../../../../mon-compte/said.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (!moderates(context)) error(404);
  const teams = await teamsToDecide(context);
  const reports = await reportsToSettle(context);
  return {
    here: 'Groupes de parents',
    done: url.searchParams.has('fait'),
    reports: reports.map(({ reportedAt, ...report }) => ({ ...report, on: saidDay(reportedAt) })),
    teams: teams.map(({ registration, name, words, status, scope, births, situations }) => {
      const groups = [...(births ? ['Familles du même mois'] : []), ...situations.map(situationLabel)].join(' · ');
      const where = `${groups}, ${whereWords(context, scope)}`;
      return {
        ...{ registration, name, words, open: status === 'open' },
        detail: `${where}. ${status === 'open' ? 'Ouvert.' : 'Attend votre lecture.'}`,
      };
    }),
  };
};

const action =
  (act: (context: PersonContext, form: FormData, origin: string) => Promise<Result<void>>) =>
  async ({ locals, url, request }: { locals: App.Locals; url: URL; request: Request }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const done = await act(context, form, locals.publicOrigin ?? error(503));
    if (!done.ok) return fail(400, { message: done.error.message });
    redirect(303, '/professionnels/espace/moderation/groupes?fait');
  };

const text = (form: FormData, name: string): string => String(form.get(name) ?? '');

export const actions = {
  ouvrir: action((context, form, origin) => decideTeam(context, text(form, 'registration'), 'open', origin)),
  fermer: action((context, form, origin) => decideTeam(context, text(form, 'registration'), 'close', origin)),
  traiter: action((context, form) => settleReport(context, text(form, 'report'))),
};
