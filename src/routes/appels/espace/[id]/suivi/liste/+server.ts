import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { followUpList, indicatorsList, paymentsList, reportsList, titleOfCall } from '#modules/calls/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { listFormat, listResponse } from '#platform/server/lists/list.ts';
import { loadFollowUp } from '../load-follow-up.ts';

/** The laureates and their agreements, their payments, reports or indicators as a file. `format`: csv, xlsx or pdf. */
export const GET = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const { call, lines } = await loadFollowUp(context, params.id);
  const format = listFormat(url.searchParams.get('format'));
  if (!format) error(404, 'Ce format n’existe pas.');
  const title = await titleOfCall(context, params.id);
  const madeOn = formatDay('fr', todayIn(context.clock, call.calendar?.zone ?? 'Europe/Paris').toString());
  const asked = url.searchParams.get('liste');
  if (asked === 'indicateurs') return listResponse(indicatorsList(title, lines, madeOn), format);
  if (asked === 'versements') return listResponse(paymentsList(title, lines, madeOn), format);
  if (asked === 'bilans') return listResponse(reportsList(title, lines, madeOn), format);
  return listResponse(followUpList(title, lines, madeOn), format);
};
