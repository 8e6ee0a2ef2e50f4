import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { evaluationList } from '#modules/calls/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { listFormat, listResponse } from '#platform/server/lists/list.ts';
import { loadEvaluation } from '../load-evaluation.ts';

/** The evaluation across projects, as a file. `format`: csv, xlsx or pdf. */
export const GET = async ({ locals, url }) => {
  const { context, edition, found, axisWords } = await loadEvaluation(locals, url);
  const format = listFormat(url.searchParams.get('format'));
  if (!format) error(404, 'Ce format n’existe pas.');
  const madeOn = formatDay('fr', todayIn(context.clock, 'Europe/Paris').toString());
  return listResponse(evaluationList(edition, found, axisWords, madeOn), format);
};
