import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { declarationsList, nationalCallsList } from '#modules/calls/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { listFormat, listResponse } from '#platform/server/lists/list.ts';
import { configurationWords, declarationWords, statusWords } from '../../words.ts';
import { loadNational } from '../load-national.ts';

/** The calls of an edition, or its declarations, as a file. `liste`: appels or declarations; `format`: csv, xlsx or pdf. */
export const GET = async ({ locals, url }) => {
  const { context, edition, regions, elsewhere } = await loadNational(locals, url);
  const format = listFormat(url.searchParams.get('format'));
  if (!format) error(404, 'Ce format n’existe pas.');
  const madeOn = formatDay('fr', todayIn(context.clock, 'Europe/Paris').toString());
  return url.searchParams.get('liste') === 'declarations'
    ? listResponse(
        declarationsList(edition, regions, {
          madeOn,
          declaration: ({ status }) => declarationWords[status],
          configuration: ({ configuration }) => (configuration ? configurationWords[configuration] : ''),
        }),
        format,
      )
    : listResponse(
        nationalCallsList(
          context,
          edition,
          { regions, elsewhere },
          { madeOn, status: ({ call }) => statusWords[call.status] },
        ),
        format,
      );
};
