import { error } from '@sveltejs/kit';
import { formatCents, rules } from '#modules/calls/index.ts';
import { fileAccess, rankingView, titleOfCall } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { listFormats } from '#platform/server/lists/list.ts';
import { statusWords } from '../../candidatures/words.ts';
import { averageSaid, spreadSaid } from '../average.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const access = await fileAccess(context, params.id);
  const title = await titleOfCall(context, params.id);
  const trail = [{ href: `/appels/espace/${params.id}/evaluations`, label: 'Les évaluations' }];
  const base = { id: params.id, title, here: 'Le classement', trail };
  if (!access.open) {
    if (access.because === 'stranger') error(404, nothing);
    return { ...base, because: access.because, lines: [], most: null, choice: '', formats: [] };
  }
  const view = await rankingView(context, params.id);
  if (!view) error(404, nothing);
  return {
    ...{ ...base, because: undefined, most: view.most, choice: rules['R-77'].quotation },
    formats: Object.entries(listFormats).map(([format, label]) => ({ format, label })),
    lines: view.lines.map(({ id, number, rank, tied, average, opinions, ...line }) => ({
      ...{ id, number, title: line.title, holder: line.holder, status: statusWords[line.status] },
      rank: rank === undefined ? '' : `${rank}${tied ? ' ex æquo' : ''}`,
      average: line.visible ? averageSaid(average, view.most) : 'pas encore visible',
      spread: line.visible ? spreadSaid(average) : '',
      done: `${line.submitted} sur ${line.assigned}`,
      opinions: opinions.asked === 0 ? '' : `${opinions.given} sur ${opinions.asked}`,
      ...{ asked: formatCents(line.asked_cents), axes: line.axes.join(', '), few: line.few },
    })),
  };
};

const nothing = 'Cet appel n’existe pas, ou n’est pas ouvert pour vous.';
