import { error } from '@sveltejs/kit';
import { formatCents, rules } from '#modules/calls/index.ts';
import { fileAccess, rankingView, titleOfCall } from '#modules/calls/server/index.ts';
import { pageAsked } from '#platform/page-asked.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { statusWords } from '../../candidatures/words.ts';
import { averageSaid, spreadSaid } from '../average.ts';
import { endName, endSaid } from './envelope-words.ts';

/** Lines on one page: ranks and sums are those of the whole. */
const PAGE = 100;

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const access = await fileAccess(context, params.id);
  const title = await titleOfCall(context, params.id);
  const trail = [{ href: `/appels/espace/${params.id}/evaluations`, label: 'Les évaluations' }];
  const base = { id: params.id, title, here: 'Le classement', trail };
  if (!access.open) {
    if (access.because === 'stranger') error(404, nothing);
    return {
      ...base,
      because: access.because,
      lines: [],
      ends: [],
      most: null,
      choice: '',
      page: 1,
      pages: 1,
    };
  }
  const page = pageAsked(url);
  const view = await rankingView(context, params.id, { take: PAGE, skip: (page - 1) * PAGE });
  if (!view) error(404, nothing);
  const { ends, downTo } = view.cumulated;
  return {
    ...{ ...base, because: undefined, most: view.most, choice: view.framed ? rules['R-77'].quotation : '' },
    ...{ page, pages: Math.max(1, Math.ceil(view.total / PAGE)) },
    ends: ends.map((end) => ({
      ...{ key: end.key, name: endName(end), total: formatCents(end.total), said: endSaid(end, downTo.size > 0) },
    })),
    lines: view.lines.map(({ id, number, rank, tied, average, opinions, ...line }) => ({
      ...{ id, number, title: line.title, holder: line.holder, status: statusWords[line.status] },
      rank: rank === undefined ? '' : `${rank}${tied ? ' ex æquo' : ''}`,
      average: line.visible ? averageSaid(average, view.most) : 'pas encore visible',
      spread: line.visible ? spreadSaid(average) : '',
      done: `${line.submitted} sur ${line.assigned}`,
      opinions: opinions.asked === 0 ? '' : `${opinions.given} sur ${opinions.asked}`,
      ...{ asked: formatCents(line.asked_cents), axes: line.axes.join(', '), few: line.few },
      cumulated: rank === undefined ? '' : formatCents(downTo.get(rank) ?? 0),
      under: line.last
        ? ends.flatMap((end) =>
            end.cut && end.through === rank ? [`Ici finit ${endName(end)} : ${formatCents(end.total)}`] : [],
          )
        : [],
    })),
  };
};

const nothing = 'Cet appel n’existe pas, ou n’est pas ouvert pour vous.';
