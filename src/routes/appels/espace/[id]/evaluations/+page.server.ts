import { error } from '@sveltejs/kit';
import {
  assignFiles,
  closeEvaluations,
  evaluationsView,
  titleOfCall,
  unassignFile,
} from '#modules/calls/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { pageAsked } from '#platform/page-asked.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo, type Sent } from '../../act.ts';
import { statusWords } from '../candidatures/words.ts';
import { evaluationWords } from './average.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const page = pageAsked(url);
  const view = await evaluationsView(context, params.id, { take: PAGE, skip: (page - 1) * PAGE });
  const base = { id: params.id, title: await titleOfCall(context, params.id), here: 'Les évaluations' };
  if (!view.access.open) {
    if (view.access.because === 'stranger') error(404, nothing);
    return { ...base, ...none, because: view.access.because };
  }
  if (!('files' in view)) error(404, nothing);
  return {
    ...{ ...base, because: undefined, leads: view.leads, done: url.searchParams.get('fait') },
    ...{ page, pages: Math.max(1, Math.ceil(view.total / PAGE)) },
    mine: view.mine.map(({ id, number, title, holder, evaluation, begun }) => ({
      href: `/appels/espace/${params.id}/evaluations/${id}`,
      title: `N° ${number} · ${title}`,
      detail: `${holder} · ${evaluation === 'todo' && begun ? 'commencée' : evaluationWords[evaluation]}`,
    })),
    files: view.files.map(({ id, number, title, holder, status, evaluators, voices, undeclared, few }) => ({
      ...{ id, number, title, holder, status, voices, undeclared, few, said: statusWords[status] },
      evaluators: evaluators.map((one) => ({
        ...one,
        said: evaluationWords[one.status as keyof typeof evaluationWords],
      })),
    })),
    jurors: view.jurors.flatMap(({ juror, name, organisation }) =>
      juror ? [{ value: juror, label: `${name}, ${organisation}` }] : [],
    ),
  };
};

/** Files to share out on one page. */
const PAGE = 50;
const none = { leads: false, mine: [], files: [], jurors: [], done: null, page: 1, pages: 1 };
const nothing = 'Cet appel n’existe pas, ou n’est pas ouvert pour vous.';
const idOf = ({ params }: Sent): string => params.id ?? '';
const here = (sent: Sent, done: string): string => {
  const page = readRowId(sent.text('page'));
  return `/appels/espace/${idOf(sent)}/evaluations?fait=${done}${page && page > 1 ? `&page=${page}` : ''}`;
};

export const actions = {
  confier: act('confier', async (sent) => {
    const pairs = sent.form
      .getAll('juror')
      .map((juror) => ({ application: sent.text('application'), juror: String(juror) }));
    return goTo(await assignFiles(sent.context, idOf(sent), pairs, sent.origin), here(sent, 'confier'));
  }),
  reprendre: act('reprendre', async (sent) =>
    goTo(await unassignFile(sent.context, sent.text('evaluation')), here(sent, 'reprendre')),
  ),
  clore: act('clore', async (sent) => {
    const files = sent.form.getAll('application').map(String);
    return goTo(await closeEvaluations(sent.context, idOf(sent), files), here(sent, 'clore'));
  }),
};
