import { error } from '@sveltejs/kit';
import { assignFiles, fileAccess, proposedShares, titleOfCall } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo } from '../../../act.ts';

/** How many evaluators a file may be proposed to. */
const MOST = 6;

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const access = await fileAccess(context, params.id);
  const base = {
    id: params.id,
    title: await titleOfCall(context, params.id),
    here: 'Répartition',
    trail: trailOf(params.id),
  };
  if (!access.open) {
    if (access.because === 'stranger') error(404, nothing);
    return { ...base, because: access.because, each: 2, shares: [], later: 0 };
  }
  if (access.role !== 'instructor' && access.role !== 'president') error(404, nothing);
  const asked = Number(url.searchParams.get('par') ?? 2);
  const each = Number.isInteger(asked) ? Math.min(MOST, Math.max(1, asked)) : 2;
  return { ...base, because: undefined, each, ...(await proposedShares(context, params.id, each)) };
};

const nothing = 'Cet appel n’existe pas, ou n’est pas ouvert pour vous.';
const trailOf = (id: string) => [{ href: `/appels/espace/${id}/evaluations`, label: 'Les évaluations' }];

export const actions = {
  confier: act('confier', async (sent) => {
    const id = sent.params.id ?? '';
    const pairs = sent.form.getAll('pair').map((pair) => {
      const [application = '', juror = ''] = String(pair).split(' ');
      return { application, juror };
    });
    return goTo(
      await assignFiles(sent.context, id, pairs, sent.origin),
      `/appels/espace/${id}/evaluations?fait=confier`,
    );
  }),
};
